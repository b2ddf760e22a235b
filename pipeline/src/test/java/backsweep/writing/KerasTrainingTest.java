package backsweep.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.network.Architecture;
import backsweep.network.Flatten;
import backsweep.network.Graph;
import backsweep.network.GraphBuilder;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.KerasTraining;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Keras is asked about training is what it is taken for: checked by hand. */
class KerasTrainingTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final Shape IMAGE = Shape.of(32, 31, 3);
  private static final int IMAGES = 8;
  private static final int[] LABELS = {0, 1, 2, 3, 4, 0, 1, 2};

  @TempDir private Path folder;

  private final Graph graph = Architecture.DEEPID.graph(IMAGE, 5);
  private final Network network = new Network(graph, InitialWeights.of(graph, 11));
  private final Pixels images = Pixels.random(4, IMAGES, IMAGE);

  private KerasTraining train(Network network, String... options) throws Exception {
    RealKeras keras = RealKeras.in(folder);
    Path model = folder.resolve("model.h5");
    Path data = folder.resolve("images.h5");
    KerasWriter.write(network, model);
    KerasTraining.writeImages(data, images, IMAGE, LABELS);
    return KerasTraining.of(keras, model, data, Arrays.asList(options));
  }

  @Test
  void theLossIsTheMeanCrossEntropyAndTheGradientItsSlope() throws Exception {
    KerasTraining found = train(network, "--scale", "255");

    double loss = loss(network);
    assertThat(found.losses()).hasSize(1);
    assertThat((double) found.losses()[0]).isCloseTo(loss, within(1e-5));
    assertThat(found.trainable())
        .containsExactlyInAnyOrderElementsOf(RealKeras.flat(network.weights()).keySet());
    for (String layer : List.of("conv_1", "conv_4", "fc_1", "output")) {
      assertSlope(found, layer);
    }
  }

  /** Along the gradient the loss grows by its square, to first order; by central difference. */
  private void assertSlope(KerasTraining found, String layer) {
    float[] gradient = found.gradient(layer, "kernel");
    double square = 0;
    for (float value : gradient) {
      square += (double) value * value;
    }
    float length = (float) (0.002 / Math.sqrt(square));
    double rise = loss(moved(layer, gradient, length)) - loss(moved(layer, gradient, -length));
    assertThat(rise / (2 * length)).as(layer).isCloseTo(square, within(0.02 * square));
  }

  private Network moved(String layer, float[] direction, float length) {
    Tensor kernel = network.weights().get(layer, "kernel");
    float[] values = new float[direction.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = kernel.at(i) + length * direction[i];
    }
    return with(layer, "kernel", Tensor.of(kernel.shape(), values));
  }

  private Network with(String layer, String variable, Tensor values) {
    Map<String, Map<String, Tensor>> weights = new HashMap<>(network.weights().byLayer());
    Map<String, Tensor> own = new HashMap<>(weights.get(layer));
    own.put(variable, values);
    weights.put(layer, own);
    return new Network(graph, new Weights(weights));
  }

  private double loss(Network network) {
    return loss(network, 0, 1, 2, 3, 4, 5, 6, 7);
  }

  private double loss(Network network, int... places) {
    try (WholePredictor predictor =
        new WholePredictor(new NetworkModels(network, 255).whole(), THREADS)) {
      float[][] answers = predictor.probabilities(images);
      double loss = 0;
      for (int place : places) {
        loss -= Math.log(answers[place][LABELS[place]]) / places.length;
      }
      return loss;
    }
  }

  @Test
  void adamTakesItsFirstStepAsItIsDescribed() throws Exception {
    Network biased = with("output", "bias", Tensor.of(Shape.of(5), 0.5f, -0.5f, 1, 0, 0.1f));
    KerasTraining all =
        train(biased, "--steps", "--scale=255", "--learning-rate=0.002", "--weight-decay=5");
    KerasTraining kernels = again("--steps", "--scale=255", "--decay-kernels", "--weight-decay=5");

    assertFirstStep(all, biased.weights().get("output", "kernel"), 0.002, 5);
    assertFirstStep(all, biased.weights().get("output", "bias"), 0.002, 5);
    assertFirstStep(kernels, biased.weights().get("output", "kernel"), 0.001, 5);
    assertFirstStep(kernels, biased.weights().get("output", "bias"), 0.001, 0);
  }

  /** Looks at the same model and images once more. */
  private KerasTraining again(String... options) throws Exception {
    return KerasTraining.of(
        RealKeras.in(folder),
        folder.resolve("model.h5"),
        folder.resolve("images.h5"),
        Arrays.asList(options));
  }

  private static void assertFirstStep(
      KerasTraining found, Tensor before, double rate, double decay) {
    String variable = before.shape().rank() == 1 ? "bias" : "kernel";
    float[] gradient = found.gradient("output", variable);
    float[] stepped = found.weight("output", variable);
    for (int i = 0; i < gradient.length; i++) {
      double mean = 0.1 * gradient[i];
      double deviation = Math.sqrt(0.001) * Math.abs(gradient[i]);
      double expected =
          before.at(i) * (1 - decay * rate)
              - rate * Math.sqrt(0.001) / 0.1 * mean / (deviation + 1e-7);
      assertThat((double) stepped[i]).as(variable).isCloseTo(expected, within(2e-7));
    }
  }

  @Test
  void everyBatchIsAStep() throws Exception {
    Path batches = folder.resolve("batches");
    KerasTraining.writeBatches(batches, List.of(new int[] {6, 1, 3}, new int[] {0, 2}));

    KerasTraining found = train(network, "--steps", "--scale=255", "--batches", batches.toString());
    Map<String, Map<String, Tensor>> trained = new HashMap<>();
    network
        .weights()
        .byLayer()
        .forEach((layer, own) -> trained.put(layer, stepped(found, layer, own)));

    assertThat(found.losses()).hasSize(2);
    assertThat((double) found.losses()[0]).isCloseTo(loss(network, 6, 1, 3), within(1e-5));
    // Both steps together made both batches easier.
    Network after = new Network(graph, new Weights(trained));
    assertThat(loss(after, 6, 1, 3)).isLessThan(loss(network, 6, 1, 3));
    assertThat((double) found.losses()[1]).isNotCloseTo(loss(network, 0, 2), within(1e-4));
  }

  private static Map<String, Tensor> stepped(
      KerasTraining found, String layer, Map<String, Tensor> before) {
    Map<String, Tensor> after = new HashMap<>();
    before.forEach(
        (name, tensor) -> after.put(name, Tensor.of(tensor.shape(), found.weight(layer, name))));
    return after;
  }

  /** A normalisation takes the batch's means and variances, and moves its own towards them. */
  @Test
  void inTrainingTheMovingMeansAndVariancesMove() throws Exception {
    Graph normalized = Architecture.BATCH_NORMALIZED.graph(IMAGE, 5);
    Network untrained = new Network(normalized, InitialWeights.of(normalized, 12));

    KerasTraining found = train(untrained, "--scale=255", "--training", "--momentum=0.75");
    KerasTraining resting = again("--scale=255");

    double[][] moments = moments(untrained);
    for (int channel = 0; channel < 16; channel++) {
      assertThat((double) found.weight("norm_1", "moving_mean")[channel])
          .isCloseTo(0.25 * moments[0][channel], within(1e-6));
      assertThat((double) found.weight("norm_1", "moving_variance")[channel])
          .isCloseTo(0.75 + 0.25 * moments[1][channel], within(1e-6));
    }
    assertThat(resting.weight("norm_1", "moving_mean")).containsOnly(0);
    assertThat(resting.weight("norm_1", "moving_variance")).containsOnly(1);
    assertThat(found.gradient("norm_3", "gamma")).isNotEqualTo(resting.gradient("norm_3", "gamma"));
    assertThat(found.trainable())
        .contains("norm_2/gamma", "norm_2/beta")
        .doesNotContain("norm_2/moving_mean");
  }

  /** Mean and variance of every channel of the first convolution over all images and positions. */
  private double[][] moments(Network network) {
    GraphBuilder builder = new GraphBuilder();
    for (int node = 0; node < 2; node++) {
      Node own = network.graph().node(node);
      builder.add(own.name(), 0, own.layer(), own.inputs());
    }
    builder.add("flat", 0, new Flatten(), List.of(1));
    Weights weights = new Weights(Map.of("conv_1", network.weights().of("conv_1")));
    Network convolution = new Network(builder.build(), weights);
    double[] sums = new double[16];
    double[] squares = new double[16];
    try (WholePredictor predictor =
        new WholePredictor(new NetworkModels(convolution, 255).whole(), THREADS)) {
      for (float[] row : predictor.probabilities(images)) {
        for (int i = 0; i < row.length; i++) {
          sums[i % 16] += row[i];
          squares[i % 16] += (double) row[i] * row[i];
        }
      }
    }
    double count = (double) IMAGES * IMAGE.positions();
    double[][] moments = new double[2][16];
    for (int channel = 0; channel < 16; channel++) {
      double mean = sums[channel] / count;
      moments[0][channel] = mean;
      moments[1][channel] = squares[channel] / count - mean * mean;
    }
    return moments;
  }
}
