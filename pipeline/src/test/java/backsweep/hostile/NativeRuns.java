package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.Pixels;
import java.util.List;

/**
 * Runs networks in TensorFlow, one image each: whatever was read from a file has to be something
 * that native code can be given.
 */
record NativeRuns(List<Network> networks) {

  /** More than these take the time of a test, not its memory. */
  private static final long LARGEST = 1 << 26;

  void check() {
    for (Network network : networks) {
      if (network.graph().nodes().stream().mapToLong(NativeRuns::values).sum() < LARGEST) {
        assertThat(classes(network)).as(network.graph().toString()).isEqualTo(network.classes());
      }
    }
  }

  private static long values(Node node) {
    return node.shape().size();
  }

  private static int classes(Network network) {
    try (WholePredictor predictor =
        new WholePredictor(new NetworkModels(network, 1).whole(), new Threads(2, 2))) {
      return predictor.probabilities(Pixels.random(1, 1, network.graph().inputShape()))[0].length;
    }
  }
}
