package backsweep.stages;

import backsweep.store.Tables.UnitRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Why something could not be done.
 *
 * @param stage at which it was given up: "inputs", or one of a run
 * @param reason what was expected, what was found and where
 * @param earlier when that was, if an earlier run failed at it and this one did not try
 */
public record Failure(String stage, String reason, Optional<Instant> earlier) {

  private static final String SEPARATOR = ": ";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /** In this run. */
  public Failure(String stage, String reason) {
    this(stage, reason, Optional.empty());
  }

  /** What a row of an earlier run says, whose reason is as {@link #kept}. */
  static Failure of(UnitRow row) {
    String[] parts = String.valueOf(row.reason()).split(SEPARATOR, 2);
    return new Failure(parts[0], parts[parts.length - 1], Optional.of(row.finished()));
  }

  /** As a row of the table of units says it. */
  String kept() {
    return stage + SEPARATOR + reason;
  }

  /** The same of a part of what failed, which the reason then names. */
  Failure of(String part) {
    return new Failure(stage, part + SEPARATOR + reason, earlier);
  }

  /** The same in other words. */
  public Failure because(String words) {
    return new Failure(stage, words, earlier);
  }

  /** In words: where, when that was if it was not now, and why. */
  public String words() {
    String when =
        earlier
            .map(time -> " on " + TIME.format(time) + ", not tried again (--retry-failed does)")
            .orElse("");
    return stage + when + SEPARATOR + reason;
  }
}
