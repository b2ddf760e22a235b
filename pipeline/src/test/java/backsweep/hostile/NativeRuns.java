package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.BlockStatistics;
import backsweep.inference.CutBlock;
import backsweep.inference.CutPredictor;
import backsweep.inference.StatisticsPredictor;
import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.Pixels;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs networks in TensorFlow, one image each: whatever was read from a file has to be something
 * that native code can be given.
 */
record NativeRuns(List<Network> networks) {

  /** More than these take the time of a test, not its memory. */
  private static final long LARGEST = 1 << 26;

  private static final Threads THREADS = new Threads(2, 2);

  void check() {
    for (Network network : networks) {
      if (network.graph().nodes().stream().mapToLong(NativeRuns::values).sum() < LARGEST) {
        check(network);
      }
    }
  }

  private static void check(Network network) {
    NetworkModels models = new NetworkModels(network, 1);
    assertThat(classes(network, models)).as(graph(network)).isEqualTo(network.classes());
    if (!network.graph().convolutions().isEmpty()) {
      PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
      assertThat(IntStream.of(answers(network, models, point)).boxed())
          .as(graph(network))
          .allMatch(answer -> answer >= 0 && answer < network.classes());
      assertThat(channels(network, models, point)).as(graph(network)).isEqualTo(point.channels());
    }
  }

  private static String graph(Network network) {
    return network.graph().toString();
  }

  private static long values(Node node) {
    return node.shape().size();
  }

  private static Pixels image(Network network) {
    return Pixels.random(1, 1, network.graph().inputShape());
  }

  private static int classes(Network network, NetworkModels models) {
    try (WholePredictor predictor = new WholePredictor(models.whole(), THREADS)) {
      return predictor.probabilities(image(network))[0].length;
    }
  }

  /** With nothing pruned, and with all channels. */
  private static int[] answers(Network network, NetworkModels models, PruningPoint point) {
    int channels = point.channels();
    try (CutPredictor predictor =
            new CutPredictor(models.prefix(point), models.suffix(point), THREADS);
        CutBlock block = predictor.predict(image(network))) {
      return block.classes(
          new int[2], new int[] {0, channels}, IntStream.rangeClosed(1, channels).toArray());
    }
  }

  private static int channels(Network network, NetworkModels models, PruningPoint point) {
    try (StatisticsPredictor predictor =
        new StatisticsPredictor(models.statistics(point), THREADS)) {
      BlockStatistics statistics = predictor.predict(image(network));
      return statistics.channels();
    }
  }
}
