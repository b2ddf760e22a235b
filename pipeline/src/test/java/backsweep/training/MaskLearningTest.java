package backsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import backsweep.network.Activation;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.pruning.AdversarialPruning;
import backsweep.tensorflow.DivergedException;
import backsweep.tensorflow.FactorGradients;
import backsweep.tensorflow.FactorGradients.Gradients;
import backsweep.tensorflow.SessionThreads;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Pixels;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That many steps are those of a Keras is {@code GradientsInKerasTest}'s. */
class MaskLearningTest {

  private static final int CHANNELS = 6;
  private static final int IMAGES = 10;
  private static final float EPSILON = 0.4f;
  private static final int[] LABELS = IntStream.range(0, IMAGES).map(i -> i % 3).toArray();

  private final Network network =
      new NetworkSketch(9, 6, 6, 3)
          .convolution("conv", CHANNELS)
          .activation("active", Activation.Relu.PLAIN)
          .classes(3);
  private final FactorGradients gradients = gradients(network, IMAGES);

  private static FactorGradients gradients(Network network, int images) {
    PruningPoint point = PruningPoint.of(network, Optional.of("conv"), Optional.empty());
    FactorGradients gradients = new FactorGradients(network, 255, point, new SessionThreads(2, 1));
    Pixels pixels = Pixels.random(2, images, network.graph().inputShape());
    gradients.hold(List.of(FloatBuffer.wrap(pixels.values())));
    return gradients;
  }

  @AfterEach
  void close() {
    gradients.close();
  }

  private double[] mask(AdversarialPruning how) {
    return new MaskLearning(how, gradients, LABELS, CHANNELS).learn(images -> {});
  }

  private static AdversarialPruning steps(int steps, long seed) {
    return new AdversarialPruning(0.4, 0.2, steps, IMAGES, seed);
  }

  @Test
  void takesOneStepAsThePaperSays() {
    SplittableRandom random = new SplittableRandom(3);
    int[] rows = IntStream.range(0, IMAGES).toArray();
    Shuffle.all(rows, random);
    int[] labels = IntStream.of(rows).map(row -> LABELS[row]).toArray();
    float[] delta = drawn(random);
    float[] xi = drawn(random);

    Gradients uphill = gradients.at(rows, labels, onePlus(delta), onePlus(xi));
    for (int channel = 0; channel < CHANNELS; channel++) {
      delta[channel] = uphill(delta[channel], uphill.kernel()[channel]);
      xi[channel] = uphill(xi[channel], uphill.bias()[channel]);
    }
    float[] worst = gradients.at(rows, labels, onePlus(delta), onePlus(xi)).kernel();
    float[] zero = new float[CHANNELS];
    float[] plain = gradients.at(rows, labels, onePlus(zero), onePlus(zero)).kernel();

    double[] expected = new double[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      double to = 1 - 0.2 * (0.2 * plain[channel] + 0.8 * worst[channel]);
      expected[channel] = Math.max(0, Math.min(1, to));
    }
    assertThat(DoubleStream.of(expected)).anyMatch(value -> value < 1);
    assertThat(mask(steps(1, 3))).containsExactly(expected, within(1e-6));
  }

  private static float[] drawn(SplittableRandom random) {
    float[] drawn = new float[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      drawn[channel] = (float) random.nextDouble(-0.4, 0.4);
    }
    return drawn;
  }

  private static float[] onePlus(float[] change) {
    float[] factors = change.clone();
    for (int channel = 0; channel < CHANNELS; channel++) {
      factors[channel] += 1;
    }
    return factors;
  }

  private static float uphill(float from, float gradient) {
    float to = from + EPSILON * Math.signum(gradient);
    return Math.max(-EPSILON, Math.min(EPSILON, to));
  }

  @Test
  void staysWithinZeroAndOneAndGivesTheSameForTheSameSeed() {
    double[] mask = mask(steps(60, 1));

    assertThat(DoubleStream.of(mask)).contains(0.0).allMatch(value -> value >= 0 && value <= 1);
    assertThat(mask(steps(60, 1))).isEqualTo(mask);
    assertThat(mask(steps(3, 2))).isNotEqualTo(mask(steps(3, 1)));
  }

  @Test
  void countsTheImagesOfEveryStep() {
    List<Integer> counted = new ArrayList<>();
    new MaskLearning(steps(3, 1), gradients, LABELS, CHANNELS).learn(counted::add);

    assertThat(counted).containsExactly(IMAGES, IMAGES, IMAGES);
  }

  @Test
  void takesBatchesOfManyImages() {
    int many = AdversarialPruning.BATCH + 5;
    int[] labels = new int[many];
    List<Integer> counted = new ArrayList<>();
    try (FactorGradients all = gradients(network, many)) {
      new MaskLearning(steps(3, 1), all, labels, CHANNELS).learn(counted::add);
    }

    assertThat(counted).containsExactly(128, 128, 128);
  }

  private static Network revalued(Network network, String layer, String name, float value) {
    Shape shape = network.weights().get(layer, name).shape();
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return new Network(
        network.graph(), network.weights().with(layer, name, Tensor.of(shape, values)));
  }

  @Test
  void saysThatItCannotBegin() {
    Network broken = revalued(network, "output", "kernel", Float.NaN);

    try (FactorGradients bad = gradients(broken, IMAGES)) {
      assertThatThrownBy(() -> new MaskLearning(steps(2, 1), bad, LABELS, CHANNELS).learn(i -> {}))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "training cannot begin: the loss of the network as it is given is NaN; the weights"
                  + " are too large, or pixels are not divided by what the network was trained with"
                  + " (--input-scale)");
    }
  }

  /** Whatever the image, every channel is its bias: perturbed, their sum is too large. */
  @Test
  void saysThatItDiverged() {
    Network constant = revalued(network, "conv", "kernel", 0);
    Network large = revalued(constant, "conv", "bias", 1);
    int inputs = network.weights().get("output", "kernel").shape().dimension(0);
    Network brink = revalued(large, "output", "kernel", 3.4e38f / inputs);

    try (FactorGradients bad = gradients(brink, IMAGES)) {
      assertThatThrownBy(() -> new MaskLearning(steps(20, 1), bad, LABELS, CHANNELS).learn(i -> {}))
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching(
              "training diverged: the loss under perturbation is NaN at step \\d+; smaller"
                  + " perturbations may help \\(--set anp-epsilon, now 0.4\\)");
    }
  }
}
