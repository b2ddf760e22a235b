package backsweep.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far a sweep is, in lines between those of its stages: networks done, failed and left, and the
 * time that is left if the others take as long.
 */
final class NetworkProgress {

  private final PrintStream out;
  private final Duration interval;
  private final int networks;
  private final LongSupplier nanos;
  private final Pace pace;
  private Optional<Long> lastLine = Optional.empty();

  /**
   * A sweep that begins now.
   *
   * @param interval the least time between two lines; the last network always has one
   * @param nanos the time as {@link System#nanoTime} gives it
   */
  NetworkProgress(PrintStream out, Duration interval, int networks, LongSupplier nanos) {
    this.out = out;
    this.interval = interval;
    this.networks = networks;
    this.nanos = nanos;
    this.pace = new Pace("networks", networks, nanos);
  }

  /** So many networks are finished now. */
  void finished(int done, int failed) {
    long now = nanos.getAsLong();
    int left = networks - done - failed;
    if (left == 0 || lastLine.isEmpty() || now - lastLine.get() >= interval.toNanos()) {
      lastLine = Optional.of(now);
      String time = pace.timeLeft(done + failed).map(text -> ", " + text).orElse("");
      out.println(
          String.format(
              Locale.ROOT,
              "%s: %,d done, %,d failed, %,d to go%s",
              pace.stage(),
              done,
              failed,
              left,
              time));
    }
  }
}
