package backsweep.stages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;

/**
 * One run of a program that commits results.
 *
 * @param id of its batch in every table; begins with the time, so runs sort by it
 * @param started when it began
 * @param versions of everything that computes
 */
public record Run(String id, Instant started, Map<String, String> versions) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DIGITS = 8;

  /** Copies the versions. */
  public Run {
    versions = Map.copyOf(versions);
  }

  /** A run that begins now. */
  public static Run begin(Map<String, String> versions) {
    Instant now = Instant.now();
    String random = UUID.randomUUID().toString().substring(0, DIGITS);
    return new Run(TIME.format(now) + "-" + random, now, versions);
  }
}
