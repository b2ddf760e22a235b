package backsweep.faces;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * People who can be told apart, chosen among many by farthest-first traversal (Gonzalez,
 * "Clustering to minimize the maximum intercluster distance", 1985): each is the one farthest from
 * all chosen before. So the first of a larger crowd are those of a smaller one, and a smaller one
 * is easier to tell apart.
 */
final class Crowd {

  /** The least distance of two people, in steps. */
  static final double LEAST_DISTANCE = 5;

  private static final int CANDIDATES = 4096;

  private Crowd() {}

  /**
   * So many people.
   *
   * @throws TooManyIdentitiesException if so many could not be told apart
   */
  static List<Identity> of(int size, Seed seed) {
    List<Identity> candidates =
        LongStream.range(0, CANDIDATES)
            .mapToObj(i -> Identity.sample(seed.under(i).random()))
            .toList();
    double[] nearest = new double[CANDIDATES];
    Arrays.fill(nearest, Double.MAX_VALUE);
    List<Identity> people = new ArrayList<>();
    while (people.size() < size) {
      int farthest =
          IntStream.range(0, CANDIDATES)
              .reduce((one, other) -> nearest[other] > nearest[one] ? other : one)
              .orElseThrow();
      if (nearest[farthest] < LEAST_DISTANCE) {
        throw new TooManyIdentitiesException(size, people.size());
      }
      Identity chosen = candidates.get(farthest);
      people.add(chosen);
      IntStream.range(0, CANDIDATES)
          .parallel()
          .forEach(i -> nearest[i] = candidates.get(i).distance(chosen, nearest[i]));
    }
    return people;
  }
}
