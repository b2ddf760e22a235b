package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.Pixels;
import backsweep.testing.PruningOrders;
import backsweep.testing.RandomNetworks;
import backsweep.testing.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a cut network answers is what the network answers whose weights are pruned. */
class SuffixLawsTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final int IMAGES = 7;

  @Property(tries = 25)
  void cutAndMaskedEqualsWholeWithPrunedWeights(@ForAll long seed) {
    check(RandomNetworks.of(seed), seed);
  }

  @Property(tries = 25)
  void soItIsWithLayersOfAllKinds(@ForAll long seed) {
    check(RandomNetworks.ofAllLayers(seed), seed);
  }

  private static void check(Network network, long seed) {
    Pixels pixels = Pixels.random(seed, IMAGES, network.graph().inputShape());
    for (String convolution : network.graph().convolutions()) {
      PruningPoint point = PruningPoint.of(network, Optional.of(convolution), Optional.empty());
      List<Integer> order = PruningOrders.shuffled(point.channels(), seed);
      int step = new Random(seed).nextInt(point.channels() + 1);
      ChannelMask mask = ChannelMask.pruning(point.channels(), order.subList(0, step));
      float[][] expected = whole(new NetworkModels(network.pruned(convolution, mask), 255), pixels);
      float[][] masked = whole(network, point, mask, pixels);
      int[][] classes = classes(network, point, order, pixels);
      for (int image = 0; image < IMAGES; image++) {
        assertThat(masked[image]).containsExactly(expected[image], within(1e-5f));
        Scores.assertBest(classes[step][image], expected[image]);
      }
    }
  }

  private static float[][] whole(
      Network network, PruningPoint point, ChannelMask mask, Pixels pixels) {
    NetworkModels models = new NetworkModels(network, 255);
    try (WholePredictor predictor = new WholePredictor(models.whole(point, mask), THREADS)) {
      return predictor.probabilities(pixels);
    }
  }

  private static float[][] whole(NetworkModels models, Pixels pixels) {
    try (WholePredictor predictor = new WholePredictor(models.whole(), THREADS)) {
      return predictor.probabilities(pixels);
    }
  }

  /** Every step's answers; checks that pruning what is not active changes none. */
  private static int[][] classes(
      Network network, PruningPoint point, List<Integer> order, Pixels pixels) {
    NetworkModels models = new NetworkModels(network, 255);
    int[] rank = PruningOrders.rank(point.channels(), order);
    int[][] classes = new int[order.size() + 1][];
    try (CutPredictor predictor =
            new CutPredictor(models.prefix(point), models.suffix(point), THREADS);
        CutBlock block = predictor.predict(pixels)) {
      int[] rows = IntStream.range(0, IMAGES).toArray();
      for (int step = 0; step <= order.size(); step++) {
        int[] steps = new int[IMAGES];
        Arrays.fill(steps, step);
        classes[step] = block.classes(rows, steps, rank);
        if (step > 0 && point.cut().masksAllCross()) {
          checkInactive(block, order.get(step - 1), classes[step - 1], classes[step]);
        }
      }
    }
    return classes;
  }

  private static void checkInactive(CutBlock block, int channel, int[] before, int[] after) {
    for (int image = 0; image < IMAGES; image++) {
      if (!block.isActive(image, channel)) {
        assertThat(after[image]).isEqualTo(before[image]);
      }
    }
  }
}
