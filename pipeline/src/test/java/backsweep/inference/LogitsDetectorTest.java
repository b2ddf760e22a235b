package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.Activation;
import backsweep.network.ChannelMask;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.tensorflow.StoredDetector;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Pixels;
import backsweep.testing.Scores;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A detector's highest score is that of its answer, also where its networks give no probabilities.
 */
class LogitsDetectorTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final int IMAGES = 60;
  private static final int CLASSES = 4;
  private static final int FEATURES = 120;

  private static NetworkSketch sketch() {
    return new NetworkSketch(3, 5, 4, 3)
        .convolution("conv", 6)
        .activation("relu", Activation.Relu.PLAIN)
        .then("flatten", new Flatten())
        .then("output", new Dense(CLASSES, true));
  }

  /** Whose outputs are all moved by as much; images are 5 x 4 pixels in colour. */
  private static Network logits(float shift) {
    Network drawn = sketch().network();
    Tensor kernel = drawn.weights().of("output").get("kernel");
    assertThat(kernel.shape()).isEqualTo(Shape.of(FEATURES, CLASSES));
    float[] bias = new float[CLASSES];
    Arrays.fill(bias, shift);
    Map<String, Map<String, Tensor>> weights = new HashMap<>(drawn.weights().byLayer());
    weights.put("output", Map.of("kernel", kernel, "bias", Tensor.of(Shape.of(CLASSES), bias)));
    return new Network(drawn.graph(), new Weights(weights));
  }

  private static List<SavedModel> detectors(Network network) {
    PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
    ChannelMask mask = ChannelMask.pruning(point.channels(), List.of(0, 2, 5));
    NetworkModels models = new NetworkModels(network, 255);
    Network repaired = network.pruned(point.convolution(), mask);
    return List.of(models.goodNet(point, mask), models.goodNet(repaired));
  }

  @ParameterizedTest
  @ValueSource(floats = {-1000, -3, 0, 1000})
  void theHighestScoreIsThatOfTheAnswer(float shift) {
    Pixels images = Pixels.random(1, IMAGES, Shape.of(5, 4, 3));
    for (SavedModel detector : detectors(logits(shift))) {
      DetectorAnswers answers = answers(detector, images);
      float[][] scores = scores(detector, images);
      int agreements = 0;
      for (int image = 0; image < IMAGES; image++) {
        boolean agree = answers.original()[image] == answers.repaired()[image];
        agreements += agree ? 1 : 0;
        assertThat(Scores.highest(scores[image])).isEqualTo(answers.detector()[image]);
        assertThat(scores[image])
            .containsExactly(
                agree ? withLeast(answers.originalScores(image)) : new float[] {0, 0, 0, 0, 1});
      }
      assertThat(agreements).isBetween(1, IMAGES - 1);
    }
  }

  private static float[] withLeast(float[] scores) {
    float[] all = Arrays.copyOf(scores, CLASSES + 1); // ends in 0
    for (float score : scores) {
      all[CLASSES] = Math.min(all[CLASSES], score);
    }
    return all;
  }

  /** Detectors that were written before are still the same, byte for byte. */
  @Test
  void probabilitiesHaveZeroBehindThemAndNothingIsComputedForIt() {
    Network softmax = sketch().activation("softmax", Activation.Plain.SOFTMAX).network();
    Network sigmoid = sketch().activation("sigmoid", Activation.Plain.SIGMOID).network();
    Pixels images = Pixels.random(1, IMAGES, Shape.of(5, 4, 3));
    for (Network network : List.of(softmax, sigmoid)) {
      for (SavedModel detector : detectors(network)) {
        DetectorAnswers answers = answers(detector, images);
        float[][] scores = scores(detector, images);
        for (int image = 0; image < IMAGES; image++) {
          if (!answers.isBackdoored(image)) {
            assertThat(Float.floatToRawIntBits(scores[image][CLASSES])).isZero();
          }
        }
        assertThat(text(detector)).contains("PadV2").doesNotContain("Min");
      }
    }
    assertThat(text(detectors(logits(0)).get(0))).contains("Min").doesNotContain("PadV2");
  }

  private static String text(SavedModel detector) {
    byte[] file = detector.content(StoredDetector.FILE);
    return new String(file, StandardCharsets.ISO_8859_1);
  }

  private static DetectorAnswers answers(SavedModel detector, Pixels images) {
    StoredDetector stored = StoredDetector.of(detector.content(StoredDetector.FILE));
    try (DetectorPredictor predictor = new DetectorPredictor(stored, THREADS)) {
      return predictor.predict(images);
    }
  }

  private static float[][] scores(SavedModel detector, Pixels images) {
    try (WholePredictor predictor = new WholePredictor(detector, THREADS)) {
      return predictor.probabilities(images);
    }
  }
}
