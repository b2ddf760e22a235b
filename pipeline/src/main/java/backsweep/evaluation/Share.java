package backsweep.evaluation;

/**
 * So many of so many: an accuracy or a rate kept as the two counts it is made of.
 *
 * @param hits how many, {@code 0..of}
 * @param of of how many, at least 1
 */
public record Share(long hits, long of) {

  /** The 97.5 % quantile of the normal distribution: two-sided 95 %. */
  private static final double Z = 1.959963984540054;

  /** Checks the range. */
  public Share {
    if (of < 1 || hits < 0 || hits > of) {
      throw new IllegalArgumentException(
          "expected 0 <= hits <= of and of >= 1, found %d of %d".formatted(hits, of));
    }
  }

  /** The share as a fraction, {@code 0..1}. */
  public double fraction() {
    return (double) hits / of;
  }

  /** The share in percent, {@code 0..100}. */
  public double percent() {
    return 100.0 * hits / of;
  }

  /** The lower end of the 95 % Wilson score interval (Wilson 1927), a fraction. */
  public double lowerBound() {
    return hits == 0 ? 0 : center() - margin();
  }

  /** The upper end of the 95 % Wilson score interval (Wilson 1927), a fraction. */
  public double upperBound() {
    return hits == of ? 1 : center() + margin();
  }

  /** Whether it is not above a probability by more than chance may have done. */
  public boolean isAtMost(double probability) {
    return lowerBound() <= probability;
  }

  /** Whether it is above another share by more than chance may have done to both. */
  public boolean isAbove(Share other) {
    return lowerBound() > other.upperBound();
  }

  private double center() {
    return (fraction() + Z * Z / (2 * of)) / (1 + Z * Z / of);
  }

  private double margin() {
    double variance = fraction() * (1 - fraction()) / of + Z * Z / (4.0 * of * of);
    return Z * Math.sqrt(variance) / (1 + Z * Z / of);
  }
}
