package backsweep.network;

/** The standard normal distribution. */
final class NormalDistribution {

  private static final int TERMS = 200;

  /** Beyond it nothing is left that a float could hold. */
  private static final double END = 12;

  private NormalDistribution() {}

  /**
   * The share below a value: half of it and the density times {@code x + x^3/3 + x^5/(3*5) + ...}
   * (Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11, 2004).
   */
  static double below(double x) {
    if (Math.abs(x) > END) {
      return x > 0 ? 1 : 0;
    }
    double term = x;
    double sum = x;
    for (int i = 1; i < TERMS; i++) {
      term *= x * x / (2 * i + 1);
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
