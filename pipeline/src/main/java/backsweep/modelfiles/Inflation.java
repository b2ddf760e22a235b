package backsweep.modelfiles;

/**
 * How much larger than a file what it holds compressed may be. Weights hardly compress; zeros do so
 * a thousand times, which is what a bomb is made of.
 */
final class Inflation {

  private static final long ALWAYS = 64 << 20;
  private static final int FACTOR = 20;

  private Inflation() {}

  /** The most bytes that so many may become. */
  static long most(long compressed) {
    return Math.max(ALWAYS, Math.multiplyExact(FACTOR, compressed));
  }

  /** The bytes of values of a shape; at most the largest long. */
  static long bytes(long[] dimensions, int valueBytes) {
    double bytes = valueBytes;
    for (long dimension : dimensions) {
      bytes *= dimension;
    }
    return bytes < 0 ? Long.MAX_VALUE : (long) bytes;
  }
}
