package backsweep.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes do, by looking again and again. */
final class Await {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** What is there as soon as it is there. */
  static <T> T some(String expected, Supplier<Optional<T>> look) {
    Instant end = Instant.now().plus(LIMIT);
    while (Instant.now().isBefore(end)) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      pause(PAUSE);
    }
    throw new AssertionError("expected within " + LIMIT + ": " + expected);
  }

  /** Returns as soon as a condition holds. */
  static void until(String expected, BooleanSupplier condition) {
    some(expected, () -> condition.getAsBoolean() ? Optional.of(expected) : Optional.empty());
  }

  /** Lets time pass. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
