package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.tensorflow.StoredDetector;
import backsweep.testing.Pixels;
import backsweep.testing.RandomNetworks;
import backsweep.testing.Scores;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a detector gives in one call is what its networks give when each is run by itself. */
class DetectorPredictorTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final int IMAGES = 40;
  private static final int NETWORKS = 6;

  private int backdoored;

  @Test
  void answersAreThoseOfBothNetworksAndOfTheServedDetector() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      check(RandomNetworks.ofAllLayers(seed), seed);
    }
    assertThat(backdoored).isBetween(1, NETWORKS * IMAGES - 1);
  }

  private void check(Network network, int seed) {
    PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
    ChannelMask mask = ChannelMask.pruning(point.channels(), List.of(0));
    NetworkModels models = new NetworkModels(network, 255);
    Pixels images = Pixels.random(seed, IMAGES, network.graph().inputShape());
    SavedModel goodNet = models.goodNet(point, mask);

    DetectorAnswers found = run(StoredDetector.of(goodNet.content(StoredDetector.FILE)), images);

    float[][] original = run(models.whole(), images);
    float[][] repaired = run(models.whole(point, mask), images);
    float[][] served = run(goodNet, images);
    assertThat(found.classes()).isEqualTo(network.classes());
    assertThat(found.images()).isEqualTo(IMAGES);
    for (int image = 0; image < IMAGES; image++) {
      assertThat(found.originalScores(image)).containsExactly(original[image], within(1e-5f));
      assertThat(found.repairedScores(image)).containsExactly(repaired[image], within(1e-5f));
      assertThat(found.original()[image]).isEqualTo(Scores.highest(found.originalScores(image)));
      assertThat(found.repaired()[image]).isEqualTo(Scores.highest(found.repairedScores(image)));
      Scores.assertBest(found.original()[image], original[image]);
      Scores.assertBest(found.repaired()[image], repaired[image]);
      assertThat(found.detector()[image]).isEqualTo(Scores.highest(served[image]));
      assertThat(found.isBackdoored(image))
          .isEqualTo(found.original()[image] != found.repaired()[image]);
      backdoored += found.isBackdoored(image) ? 1 : 0;
    }
  }

  private static DetectorAnswers run(StoredDetector detector, Pixels images) {
    try (DetectorPredictor predictor = new DetectorPredictor(detector, THREADS)) {
      return predictor.predict(images);
    }
  }

  private static float[][] run(SavedModel model, Pixels images) {
    try (WholePredictor predictor = new WholePredictor(model, THREADS)) {
      return predictor.probabilities(images);
    }
  }
}
