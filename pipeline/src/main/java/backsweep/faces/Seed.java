package backsweep.faces;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Where randomness comes from: a tree of seeds, in which the way to a seed is all it depends on.
 *
 * @param value any number
 */
record Seed(long value) {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** The seed below this one under a key; other keys and other seeds give unrelated ones. */
  Seed under(long key) {
    return new Seed(mixed(mixed(value + GOLDEN_GAMMA) ^ mixed(key + 2 * GOLDEN_GAMMA)));
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), a bijection. */
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Random numbers that begin anew with every call. */
  RandomGenerator random() {
    return new SplittableRandom(value);
  }
}
