package backsweep.report;

import backsweep.evaluation.Share;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times, the same on every machine. */
final class Texts {

  /** Where nothing is known. */
  static final String UNKNOWN = "–";

  private static final int LONGEST = 160;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Texts() {}

  /** A text with numbers as every page has them, whatever the machine's language. */
  @SuppressWarnings("AnnotateFormatMethod") // its annotations are no dependency
  static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** A place in an order, such as {@code 2nd}. */
  static String ordinal(int place) {
    int teens = place % 100;
    String ending =
        teens >= 11 && teens <= 13
            ? "th"
            : switch (place % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return of("%,d%s", place, ending);
  }

  /** A fraction in percent. */
  static String percent(Double fraction) {
    return fraction == null ? UNKNOWN : of("%.2f %%", 100 * fraction);
  }

  /** A share in percent, with its counts. */
  static String withCounts(Share share) {
    return of("%.2f %% (%,d of %,d)", share.percent(), share.hits(), share.of());
  }

  /** A fraction with its 95 % interval, in percent. */
  static String withBounds(Double fraction, Double low, Double high) {
    return fraction == null
        ? UNKNOWN
        : of("%.2f (%.2f to %.2f)", 100 * fraction, 100 * low, 100 * high);
  }

  /** DER, or AUROC. */
  static String rating(Double rating) {
    return rating == null ? UNKNOWN : of("%.3f", rating);
  }

  /** As short as it can be written, such as {@code 2.5}. */
  static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** The first of a long text. */
  static String brief(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }

  /** A moment. */
  static String time(Instant moment) {
    return TIME.format(moment);
  }
}
