package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {

  private static final Graph DEEP_ID = Architecture.DEEPID.graph(Shape.of(55, 47, 3), 1283);
  private static final Graph NORMALIZED =
      Architecture.BATCH_NORMALIZED.graph(Shape.of(55, 47, 3), 40);

  @Test
  void kernelsAreUniformWithinTheLimitOfGlorotAndBengio() {
    Weights weights = InitialWeights.of(DEEP_ID, 7);

    // (positions * inputs, positions * outputs), by hand
    assertUniform(weights.get("conv_1", "kernel"), 16 * 3, 16 * 20);
    assertUniform(weights.get("conv_2", "kernel"), 9 * 20, 9 * 40);
    assertUniform(weights.get("conv_3", "kernel"), 9 * 40, 9 * 60);
    assertUniform(weights.get("conv_4", "kernel"), 4 * 60, 4 * 80);
    assertUniform(weights.get("fc_1", "kernel"), 1200, 160);
    assertUniform(weights.get("output", "kernel"), 160, 1283);
  }

  /** Extremes, mean, variance and kurtosis; a uniform distribution on [-a, a] has a^4 / 5. */
  private static void assertUniform(Tensor kernel, int fanIn, int fanOut) {
    double limit = Math.sqrt(6.0 / (fanIn + fanOut));
    int count = kernel.shape().size();
    double smallest = 0;
    double largest = 0;
    double[] moments = new double[5];
    for (int i = 0; i < count; i++) {
      double value = kernel.at(i);
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
      for (int power = 1; power <= 4; power++) {
        moments[power] += Math.pow(value / limit, power) / count;
      }
    }
    double deviation = 5 / Math.sqrt(count);
    assertThat(largest).isBetween(limit * (1 - 20.0 / count), limit * 1.0000001);
    assertThat(-smallest).isBetween(limit * (1 - 20.0 / count), limit * 1.0000001);
    assertThat(moments[1]).isCloseTo(0, within(deviation * Math.sqrt(1 / 3.0)));
    assertThat(moments[2]).isCloseTo(1 / 3.0, within(deviation * Math.sqrt(4 / 45.0)));
    assertThat(moments[3]).isCloseTo(0, within(deviation * Math.sqrt(1 / 7.0)));
    assertThat(moments[4]).isCloseTo(1 / 5.0, within(deviation * Math.sqrt(16 / 225.0)));
  }

  @Test
  void aGroupedKernelHasTheFansOfItsShape() {
    Window window = new Window(3, 3, 1, 1, Padding.SAME);
    GraphBuilder builder = new GraphBuilder();
    int input = builder.add("input", 0, new Input(Shape.of(8, 8, 64)), List.of());
    builder.add("grouped", 0, new Convolution(128, window, 1, 1, 4, false), List.of(input));

    Weights weights = InitialWeights.of(builder.build(), 3);

    assertUniform(weights.get("grouped", "kernel"), 9 * 16, 9 * 128);
  }

  @Test
  void allElseIsZeroOrOne() {
    Weights weights = InitialWeights.of(NORMALIZED, 7);

    assertThat(weights.layers())
        .containsExactly("conv_1", "norm_1", "conv_2", "norm_2", "conv_3", "norm_3", "output");
    assertThat(weights.of("norm_2").keySet())
        .containsExactly("gamma", "beta", "moving_mean", "moving_variance");
    assertAll(weights.get("norm_2", "gamma"), 32, 1);
    assertAll(weights.get("norm_2", "beta"), 32, 0);
    assertAll(weights.get("norm_2", "moving_mean"), 32, 0);
    assertAll(weights.get("norm_2", "moving_variance"), 32, 1);
    assertAll(weights.get("output", "bias"), 40, 0);
  }

  private static void assertAll(Tensor tensor, int count, float value) {
    assertThat(tensor.shape()).isEqualTo(Shape.of(count));
    for (int i = 0; i < count; i++) {
      assertThat(tensor.at(i)).isEqualTo(value);
    }
  }

  @Test
  void oneSeedGivesOneNetworkAndAnotherAnother() {
    Weights weights = InitialWeights.of(DEEP_ID, 7);

    assertThat(InitialWeights.of(DEEP_ID, 7).sameValues(weights)).isTrue();
    forEachKernel(
        DEEP_ID,
        (layer, kernel) ->
            assertThat(share(kernel, InitialWeights.of(DEEP_ID, 8).get(layer, "kernel")))
                .as(layer)
                .isLessThan(0.01));
  }

  @Test
  void whatALayerGetsDoesNotDependOnTheOthers() {
    Weights one = InitialWeights.of(DEEP_ID, 7);
    Weights other = InitialWeights.of(Architecture.DEEPID.graph(Shape.of(55, 47, 3), 40), 7);

    assertThat(other.get("conv_3", "kernel").sameValues(one.get("conv_3", "kernel"))).isTrue();
    assertThat(other.get("fc_2", "kernel").sameValues(one.get("fc_2", "kernel"))).isTrue();
  }

  /** Layers of one shape get different values, also of seeds that are close together. */
  @Test
  void noTwoKernelsAreTheSame() {
    Set<FloatBuffer> beginnings = new HashSet<>();
    int kernels = 0;
    for (long seed = 0; seed < 200; seed++) {
      for (String name : List.of("a", "b", "c", "conv_1", "conv_2", "conv_12")) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.add("input", 0, new Input(Shape.of(4)), List.of());
        builder.add(name, 0, new Dense(4, false), List.of(input));
        Tensor kernel = InitialWeights.of(builder.build(), seed).get(name, "kernel");
        beginnings.add(FloatBuffer.wrap(new float[] {kernel.at(0), kernel.at(1)}));
        kernels++;
      }
    }
    assertThat(beginnings).hasSize(kernels);
  }

  @Test
  void valuesStayWhatTheyAreFromVersionToVersion() {
    Tensor kernel = InitialWeights.of(DEEP_ID, 1).get("conv_1", "kernel");

    assertThat(new float[] {kernel.at(0), kernel.at(1), kernel.at(959)})
        .containsExactly(-0.049338073f, 0.12438636f, -0.08751286f);
  }

  private static void forEachKernel(Graph graph, BiConsumer<String, Tensor> check) {
    Weights weights = InitialWeights.of(graph, 7);
    assertThat(weights.layers()).isNotEmpty();
    weights.layers().forEach(layer -> check.accept(layer, weights.get(layer, "kernel")));
  }

  /** The share of values that two tensors have in common. */
  private static double share(Tensor one, Tensor other) {
    int same = 0;
    for (int i = 0; i < one.shape().size(); i++) {
      same += one.at(i) == other.at(i) ? 1 : 0;
    }
    return (double) same / one.shape().size();
  }
}
