package backsweep.jobs;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How fast a stage goes through its images, in words; nothing is foretold in its first second. */
final class Pace {

  private static final double SECOND = 1e9;
  private static final int FEW = 10;
  private static final int MANY_SECONDS = 100;

  private final String stage;
  private final long images;
  private final LongSupplier nanos;
  private final long began;

  /**
   * A stage that begins now.
   *
   * @param nanos the time as {@link System#nanoTime} gives it
   */
  Pace(String stage, long images, LongSupplier nanos) {
    this.stage = stage;
    this.images = images;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** The stage's name. */
  String stage() {
    return stage;
  }

  /** The share that is done, from 0 to 1. */
  double share(long done) {
    return images == 0 ? 1 : (double) done / images;
  }

  /** The share that is done, as whole percent; 100 only when everything is. */
  String percent(long done) {
    return (images == 0 ? 100 : 100 * done / images) + " %";
  }

  /** How many are done of how many. */
  String counts(long done) {
    return "%s/%s images".formatted(number(done), number(images));
  }

  /** The rate so far, where it can be told. */
  Optional<String> rateSoFar(long done) {
    return seconds() < 1 || done == 0 ? Optional.empty() : Optional.of(rate(done));
  }

  /** The time that is left at the rate so far, where it can be told. */
  Optional<String> timeLeft(long done) {
    double seconds = seconds();
    if (seconds < 1 || done == 0 || done >= images) {
      return Optional.empty();
    }
    return Optional.of(duration(Math.ceil(seconds * (images - done) / done), "%.0f s") + " left");
  }

  /** What is said when it is over. */
  String summary() {
    String rate = seconds() > 0 && images > 0 ? " (" + rate(images) + ")" : "";
    return "%s: %s images in %s%s"
        .formatted(stage, number(images), duration(seconds(), "%.1f s"), rate);
  }

  private double seconds() {
    return (nanos.getAsLong() - began) / SECOND;
  }

  private String rate(long done) {
    double rate = done / seconds();
    String number =
        rate < FEW ? String.format(Locale.ROOT, "%.1f", rate) : number(Math.round(rate));
    return number + " images/s";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String duration(double seconds, String format) {
    if (seconds < MANY_SECONDS) {
      return String.format(Locale.ROOT, format, seconds);
    }
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return time.toHours() > 0
        ? "%d h %02d min".formatted(time.toHours(), time.toMinutesPart())
        : "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
