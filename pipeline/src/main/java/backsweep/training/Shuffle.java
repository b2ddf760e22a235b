package backsweep.training;

import java.util.SplittableRandom;

/** Random orders that are the same for the same seed on every machine. */
public final class Shuffle {

  private Shuffle() {}

  /** Puts all values in random order. */
  public static void all(int[] values, SplittableRandom random) {
    first(values, values.length, random);
  }

  /** Puts a random choice of values, in random order, at the first places (Fisher and Yates). */
  public static void first(int[] values, int count, SplittableRandom random) {
    for (int place = 0; place < count; place++) {
      int other = random.nextInt(place, values.length);
      int value = values[place];
      values[place] = values[other];
      values[other] = value;
    }
  }
}
