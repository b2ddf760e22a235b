package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.network.Activation;
import backsweep.network.Activation.Elu;
import backsweep.network.Activation.Relu;
import backsweep.network.Convolution;
import backsweep.network.Flatten;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.Reduction;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Window;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Pixels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers compute what their definitions say, by hand. */
class LayerMeaningTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final Shape IMAGE = Shape.of(7, 6, 4);

  static Stream<Convolution> convolutions() {
    Window valid = new Window(3, 2, 1, 1, Padding.VALID);
    Window same = new Window(3, 2, 1, 1, Padding.SAME);
    return Stream.of(
        new Convolution(6, valid, 1, 1, 1, true),
        new Convolution(6, same, 1, 1, 1, false),
        new Convolution(6, new Window(3, 3, 2, 3, Padding.SAME), 1, 1, 1, true),
        new Convolution(6, new Window(2, 3, 2, 2, Padding.VALID), 1, 1, 2, true),
        new Convolution(6, valid, 2, 3, 1, true),
        new Convolution(6, same, 2, 2, 2, true),
        new Convolution(8, same, 1, 1, 4, true));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void aConvolutionIsTheSumOverItsWindow(Convolution layer) {
    NetworkSketch sketch = new NetworkSketch(1, 7, 6, 4).then("conv", layer);
    Shape shape = sketch.shape();
    Network network = sketch.then("flatten", new Flatten()).network();
    Pixels pixels = Pixels.random(1, 1, IMAGE);
    float[] found = run(network, pixels);
    Tensor kernel = network.weights().get("conv", "kernel");
    for (int i = 0; i < found.length; i++) {
      int channel = i % shape.channels();
      int column = i / shape.channels() % shape.dimension(1);
      int row = i / shape.channels() / shape.dimension(1);
      double bias = layer.bias() ? network.weights().get("conv", "bias").at(channel) : 0;
      double expected = bias + sum(layer, kernel, pixels, new int[] {row, column, channel});
      assertThat((double) found[i]).isCloseTo(expected, within(1e-2));
    }
  }

  private static double sum(Convolution layer, Tensor kernel, Pixels pixels, int[] at) {
    Window window = layer.window();
    int inputs = IMAGE.channels() / layer.groups();
    int firstInput = at[2] / (layer.filters() / layer.groups()) * inputs;
    int top = first(at[0], 7, window.height(), window.rowStride(), layer.rowDilation(), window);
    int left =
        first(at[1], 6, window.width(), window.columnStride(), layer.columnDilation(), window);
    double sum = 0;
    for (int y = 0; y < window.height(); y++) {
      for (int x = 0; x < window.width(); x++) {
        int row = top + y * layer.rowDilation();
        int column = left + x * layer.columnDilation();
        if (row >= 0 && row < 7 && column >= 0 && column < 6) {
          for (int input = 0; input < inputs; input++) {
            float weight =
                kernel.at(((y * window.width() + x) * inputs + input) * layer.filters() + at[2]);
            sum += weight * pixels.values()[(row * 6 + column) * 4 + firstInput + input];
          }
        }
      }
    }
    return sum;
  }

  /** The first row or column under the window; of an odd padding, the larger half is behind. */
  private static int first(
      int output, int size, int window, int stride, int dilation, Window padded) {
    int covered = (window - 1) * dilation + 1;
    int outputs = -Math.floorDiv(-size, stride);
    int padding = Math.max(0, (outputs - 1) * stride + covered - size);
    return output * stride - (padded.padding() == Padding.SAME ? padding / 2 : 0);
  }

  @Test
  void anAverageDoesNotCountThePadding() {
    Window window = new Window(2, 2, 2, 2, Padding.SAME);
    Network network =
        new NetworkSketch(1, 3, 3, 1)
            .then("pool", new Pooling(Reduction.AVERAGE, window))
            .then("flatten", new Flatten())
            .network();

    float[] found = run(network, new Pixels(1, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}));

    assertThat(found).containsExactly(3, 4.5f, 7.5f, 9);
  }

  static Stream<Activation> activations() {
    Stream<Activation> parameterized =
        Stream.of(
            Relu.PLAIN,
            Relu.leaky(0.3f),
            Relu.leaky(2),
            new Relu(0, 0, 6),
            new Relu(0, 0, 2),
            new Relu(0, 1, Float.POSITIVE_INFINITY),
            new Relu(0.5f, 1, 3),
            new Relu(0.5f, 0, 6),
            new Elu(1),
            new Elu(0.3f));
    return Stream.concat(
        parameterized, Arrays.stream(Activation.Plain.values()).filter(f -> f.isElementWise()));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void anActivationIsItsFunction(Activation function) {
    List<Float> inputs = List.of(-7f, -1.5f, -0.25f, 0f, 0.25f, 0.99f, 1.01f, 2.5f, 7f);
    Network network =
        new NetworkSketch(1, 1, inputs.size(), 1)
            .activation("activation", function)
            .then("flatten", new Flatten())
            .network();
    float[] values = new float[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = inputs.get(i);
    }

    float[] found = run(network, new Pixels(1, values));

    for (int i = 0; i < values.length; i++) {
      float expected = function.at(values[i]);
      float tolerance = 1e-6f * Math.max(1, Math.abs(expected));
      assertThat(found[i]).as("f(%s)", values[i]).isCloseTo(expected, within(tolerance));
    }
  }

  static Stream<Arguments> pairs() {
    Stream<Activation> joinedWithTheConvolution =
        Stream.of(
            Relu.PLAIN,
            Relu.leaky(0.3f),
            new Elu(1),
            Activation.Plain.SIGMOID,
            Activation.Plain.GELU,
            Activation.Plain.SILU,
            Activation.Plain.HARD_SILU,
            Activation.Plain.MISH);
    return joinedWithTheConvolution.flatMap(
        one -> activations().map(other -> Arguments.of(one, other)));
  }

  /** TensorFlow joins a convolution and what follows to one kernel, where it knows one. */
  @ParameterizedTest
  @MethodSource("pairs")
  void activationsBehindAConvolutionAreTheirFunctions(Activation one, Activation other) {
    NetworkSketch active =
        convolution().activation("one", one).activation("other", other).then("all", new Flatten());
    Pixels pixels = Pixels.random(1, 1, IMAGE);

    float[] sums = run(convolution().then("all", new Flatten()).network(), pixels);
    float[] found = run(active.network(), pixels);

    for (int i = 0; i < sums.length; i++) {
      float expected = other.at(one.at(sums[i]));
      float tolerance = 1e-4f * Math.max(1, Math.abs(expected));
      assertThat(found[i]).as("of %s", sums[i]).isCloseTo(expected, within(tolerance));
    }
  }

  private static NetworkSketch convolution() {
    return new NetworkSketch(1, 7, 6, 4).convolution("convolution", 5);
  }

  private static float[] run(Network network, Pixels pixels) {
    try (WholePredictor predictor =
        new WholePredictor(new NetworkModels(network, 1).whole(), THREADS)) {
      return predictor.probabilities(pixels)[0];
    }
  }
}
