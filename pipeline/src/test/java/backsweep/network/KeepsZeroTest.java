package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import backsweep.network.Activation.Plain;
import backsweep.network.Activation.Relu;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a mask may move past a layer: it acts per channel, and f(0) is 0. */
class KeepsZeroTest {

  private static final Window WINDOW = new Window(2, 2, 2, 2, Padding.VALID);
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  static Stream<Arguments> layers() {
    return Stream.of(
        arguments(new Input(Shape.of(4, 4, 2)), false, false),
        arguments(new Convolution(2, WINDOW, 1, 1, 1, true), false, false),
        arguments(new Convolution(2, WINDOW, 1, 1, 2, false), false, false),
        arguments(new Dense(2, true), false, false),
        arguments(new Merge(Merge.Operation.ADD), false, false),
        arguments(new Flatten(), false, false),
        arguments(new Identity(), true, true),
        arguments(new Truncation(), true, true),
        arguments(new Pooling(Reduction.MAXIMUM, WINDOW), true, true),
        arguments(new Pooling(Reduction.AVERAGE, WINDOW), true, true),
        arguments(new GlobalPooling(Reduction.MAXIMUM, false), true, true),
        arguments(new GlobalPooling(Reduction.AVERAGE, true), true, true),
        arguments(new ZeroPadding(new Margins(1, 0, 2, 1)), true, true),
        arguments(new Cropping(new Margins(1, 0, 2, 1)), true, true),
        arguments(new Upsampling(2, 3, false), true, true),
        arguments(new Upsampling(2, 3, true), true, true),
        arguments(new DepthwiseConvolution(1, WINDOW, 1, 1, false), true, true),
        arguments(new DepthwiseConvolution(2, WINDOW, 1, 1, false), false, true),
        arguments(new LayerNormalization(List.of(2), 1e-3f, false, false), false, false),
        arguments(new GroupNormalization(1, 1e-3f, false, false), false, false),
        arguments(new Prelu(List.of(0, 1)), true, true),
        arguments(new Merge(Merge.Operation.MULTIPLY), false, false),
        arguments(new Concatenation(2), false, false),
        arguments(new Reshape(Shape.of(4)), false, false),
        arguments(new Permutation(List.of(1, 0, 2)), false, false),
        arguments(new Rescaling(List.of(2f, 1f), List.of(0f, 0f)), true, true),
        arguments(new Rescaling(List.of(2f), List.of(0f, 0.5f)), true, false),
        arguments(new Activate(new Activation.Elu(0.3f)), true, true),
        arguments(new Activate(Plain.SELU), true, true),
        arguments(new Activate(Plain.GELU), true, true),
        arguments(new Activate(Plain.SILU), true, true),
        arguments(new Activate(Plain.HARD_SILU), true, true),
        arguments(new Activate(Plain.SOFTSIGN), true, true),
        arguments(new Activate(Plain.MISH), true, true),
        arguments(new Activate(Plain.HARD_SIGMOID), true, false),
        arguments(new Activate(Plain.STEEP_HARD_SIGMOID), true, false),
        arguments(new Activate(Plain.SOFTPLUS), true, false),
        arguments(new Activate(Plain.LOG_SIGMOID), true, false),
        arguments(new Activate(Plain.EXPONENTIAL), true, false),
        arguments(new Rescaling(1 / 255f, 0), true, true),
        arguments(new Rescaling(2, -1), true, false),
        arguments(new Rescaling(INFINITY, 0), true, false),
        arguments(new Activate(Plain.LINEAR), true, true),
        arguments(new Activate(Plain.TANH), true, true),
        arguments(new Activate(Plain.SIGMOID), true, false),
        arguments(new Activate(Plain.SOFTMAX), false, false),
        arguments(new Activate(Relu.PLAIN), true, true),
        arguments(new Activate(Relu.leaky(0.3f)), true, true),
        arguments(new Activate(new Relu(0, 0, 6)), true, true),
        arguments(new Activate(new Relu(0, 1, INFINITY)), true, true),
        arguments(new Activate(new Relu(0.1f, 0.2f, 2)), true, false));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layerWithoutVariables(Layer layer, boolean actsPerChannel, boolean keepsZero) {
    assertThat(layer.actsPerChannel()).isEqualTo(actsPerChannel);
    assertThat(layer.keepsZero(Map.of())).isEqualTo(keepsZero);
  }

  static Stream<Arguments> normalisations() {
    return Stream.of(
        arguments("no shift", values(1, 0, 0, 1), true),
        arguments("negative zeros", values(-2, -0f, -0f, 1), true),
        arguments("beta in one channel", values(1, 0.5f, 0, 1), false),
        arguments("mean in one channel", values(1, 0, 0.5f, 1), false),
        arguments("mean that beta undoes", values(1, 0.5f, 0.25f, 0.25f), true),
        arguments("mean behind gamma 0", values(0, 0, 0.5f, 1), true),
        arguments("variance 0, mean 0", values(1, 0, 0, 0), false),
        arguments("negative variance", values(1, 0, 0, -1), false),
        arguments("beta that is no number", values(1, Float.NaN, 0, 1), false));
  }

  @ParameterizedTest
  @MethodSource("normalisations")
  void batchNormalisationByItsValues(String name, Map<String, Tensor> variables, boolean keeps) {
    BatchNormalization layer = new BatchNormalization(0, true, true);

    assertThat(layer.actsPerChannel()).isTrue();
    assertThat(layer.keepsZero(variables)).as(name).isEqualTo(keeps);
  }

  @Test
  void batchNormalisationWithoutCenterOrScaleLeavesThemOut() {
    Map<String, Tensor> betaOnly = values(1, 0.5f, 0, 1);
    Map<String, Tensor> meanBehindGammaZero = values(0, 0, 0.5f, 1);

    assertThat(new BatchNormalization(0, false, true).keepsZero(betaOnly)).isTrue();
    assertThat(new BatchNormalization(0, true, false).keepsZero(meanBehindGammaZero)).isFalse();
  }

  @Test
  void depthwiseConvolutionAndStandardizationByTheirShift() {
    DepthwiseConvolution depthwise = new DepthwiseConvolution(1, WINDOW, 1, 1, true);
    Standardization standard = new Standardization(List.of(2), false);
    Shape channels = Shape.of(2);
    Tensor none = Tensor.of(channels, 0, -0f);
    Tensor one = Tensor.of(channels, 0, 0.5f);

    assertThat(depthwise.keepsZero(Map.of("bias", none))).isTrue();
    assertThat(depthwise.keepsZero(Map.of("bias", one))).isFalse();
    assertThat(standard.actsPerChannel()).isTrue();
    assertThat(standard.keepsZero(Map.of("mean", none, "variance", one))).isTrue();
    assertThat(standard.keepsZero(Map.of("mean", one, "variance", one))).isFalse();
    Tensor negative = Tensor.of(channels, 1, -1);
    assertThat(standard.keepsZero(Map.of("mean", none, "variance", negative))).isFalse();
  }

  /** Variables of two channels; the first has no shift. */
  private static Map<String, Tensor> values(float gamma, float beta, float mean, float variance) {
    Shape channels = Shape.of(2);
    return Map.of(
        "gamma", Tensor.of(channels, 1, gamma),
        "beta", Tensor.of(channels, 0, beta),
        "moving_mean", Tensor.of(channels, 0, mean),
        "moving_variance", Tensor.of(channels, 1, variance));
  }
}
