package backsweep.jobs;

import backsweep.stages.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Progress as a bar in the last line of a terminal, and a line that stays for every stage. */
final class ProgressBar implements Progress {

  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int WIDEST = 30;
  private static final int NARROWEST = 10;
  private static final String GAP = "  ";

  /** What mostly stands beside the bar, at its longest, but for the stage and the counts. */
  private static final int BESIDE = "  []  100 %    99,999 images/s  99 s left".length();

  private final StatusLine line;
  private final int columns;
  private final LongSupplier nanos;
  private Pace pace;
  private int width;
  private long lastDrawn;

  /**
   * Draws in a status line.
   *
   * @param columns of the terminal
   * @param nanos the time as {@link System#nanoTime} gives it
   */
  ProgressBar(StatusLine line, int columns, LongSupplier nanos) {
    this.line = line;
    this.columns = columns;
    this.nanos = nanos;
  }

  @Override
  public void begin(String stage, long images) {
    pace = new Pace(stage, images, nanos);
    int room = columns - 1 - stage.length() - pace.counts(images).length() - BESIDE;
    width = Math.min(WIDEST, Math.max(NARROWEST, room));
    draw(0);
  }

  @Override
  public void advance(long images) {
    if (nanos.getAsLong() - lastDrawn >= INTERVAL.toNanos()) {
      draw(images);
    }
  }

  @Override
  public void end() {
    line.println(pace.summary());
  }

  @Override
  public void fail() {
    line.erase();
  }

  /** Without the rate where there is no room for it; a line that is full would wrap. */
  private void draw(long done) {
    lastDrawn = nanos.getAsLong();
    String text = text(done, pace.rateSoFar(done));
    if (text.length() >= columns) {
      text = text(done, Optional.empty());
    }
    line.show(text.substring(0, Math.min(text.length(), columns - 1)));
  }

  private String text(long done, Optional<String> rate) {
    int full = (int) (width * pace.share(done));
    String bar = "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
    Stream<String> always = Stream.of(pace.stage(), bar, pace.percent(done), pace.counts(done));
    Stream<String> known = Stream.of(rate, pace.timeLeft(done)).flatMap(Optional::stream);
    return Stream.concat(always, known).collect(Collectors.joining(GAP));
  }
}
