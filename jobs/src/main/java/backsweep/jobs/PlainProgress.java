package backsweep.jobs;

import backsweep.stages.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Progress as lines: one at the end of every stage, and now and then one before. */
final class PlainProgress implements Progress {

  private final PrintStream out;
  private final Duration interval;
  private final LongSupplier nanos;
  private Pace pace;
  private long lastLine;

  /**
   * Prints to a stream.
   *
   * @param interval the least time between two lines before the end of a stage
   * @param nanos the time as {@link System#nanoTime} gives it
   */
  PlainProgress(PrintStream out, Duration interval, LongSupplier nanos) {
    this.out = out;
    this.interval = interval;
    this.nanos = nanos;
  }

  @Override
  public void begin(String stage, long images) {
    pace = new Pace(stage, images, nanos);
    lastLine = nanos.getAsLong();
  }

  @Override
  public void advance(long images) {
    long now = nanos.getAsLong();
    if (now - lastLine >= interval.toNanos()) {
      lastLine = now;
      List<String> parts = new ArrayList<>(List.of(pace.percent(images), pace.counts(images)));
      pace.rateSoFar(images).ifPresent(parts::add);
      pace.timeLeft(images).ifPresent(parts::add);
      out.println(pace.stage() + ": " + String.join(", ", parts));
    }
  }

  @Override
  public void end() {
    out.println(pace.summary());
  }

  /** Says nothing: what went wrong is reported by the run. */
  @Override
  public void fail() {}
}
