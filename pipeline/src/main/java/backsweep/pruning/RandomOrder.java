package backsweep.pruning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Any order, each as likely as the others: what a criterion must do better than. Several seeds make
 * a band.
 *
 * @param seed the same seed gives the same order of as many channels
 */
public record RandomOrder(long seed) implements Criterion {

  @Override
  public String label() {
    return "random-" + seed;
  }

  @Override
  public PruningOrder order(Evidence evidence) {
    int channels = evidence.point().channels();
    return PruningOrder.given(channels, shuffled(channels));
  }

  @Override
  public boolean isBaseline() {
    return true;
  }

  /** Fisher and Yates' shuffle, by a generator whose numbers are the same on every JVM. */
  private List<Integer> shuffled(int channels) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> rest = new ArrayList<>(IntStream.range(0, channels).boxed().toList());
    List<Integer> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      order.add(rest.remove(random.nextInt(rest.size())));
    }
    return order;
  }
}
