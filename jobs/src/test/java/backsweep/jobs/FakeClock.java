package backsweep.jobs;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that stands still until it is told to go on. */
final class FakeClock implements LongSupplier {

  private long nanos = Long.MAX_VALUE - 1_000;

  @Override
  public long getAsLong() {
    return nanos;
  }

  /** Lets time pass. */
  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** Lets time pass. */
  void passMillis(long millis) {
    pass(Duration.ofMillis(millis));
  }
}
