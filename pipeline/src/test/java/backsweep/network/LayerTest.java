package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTest {

  private static final Shape IMAGE = Shape.of(4, 5, 6);
  private static final Shape VECTOR = Shape.of(7);
  private static final Margins MARGINS = new Margins(1, 2, 3, 0);
  private static final List<Float> SIX = List.of(0f, 1f, 2f, 3f, 4f, 5f);
  private static final Window WINDOW = new Window(3, 2, 1, 1, Padding.VALID);

  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments(new Flatten(), List.of(IMAGE), Shape.of(120)),
        arguments(new Flatten(), List.of(VECTOR), VECTOR),
        arguments(new Reshape(Shape.of(8, 15)), List.of(IMAGE), Shape.of(8, 15)),
        arguments(new Permutation(List.of(2, 0, 1)), List.of(IMAGE), Shape.of(6, 4, 5)),
        arguments(new ZeroPadding(MARGINS), List.of(IMAGE), Shape.of(7, 8, 6)),
        arguments(new Cropping(MARGINS), List.of(IMAGE), Shape.of(1, 2, 6)),
        arguments(new Upsampling(2, 3, true), List.of(IMAGE), Shape.of(8, 15, 6)),
        arguments(
            new DepthwiseConvolution(2, WINDOW, 1, 1, true), List.of(IMAGE), Shape.of(2, 4, 12)),
        arguments(new LayerNormalization(List.of(0, 2), 1, true, true), List.of(IMAGE), IMAGE),
        arguments(new GroupNormalization(3, 1, true, true), List.of(IMAGE), IMAGE),
        arguments(new Standardization(List.of(), false), List.of(IMAGE), IMAGE),
        arguments(new Prelu(List.of(1)), List.of(IMAGE), IMAGE),
        arguments(new Rescaling(List.of(1f), SIX), List.of(IMAGE), IMAGE),
        arguments(
            new Merge(Merge.Operation.MULTIPLY),
            List.of(Shape.of(1, 5, 1), Shape.of(6), Shape.of(4, 1, 6)),
            IMAGE),
        arguments(new Concatenation(0), List.of(IMAGE, Shape.of(1, 5, 6)), Shape.of(5, 5, 6)),
        arguments(
            new GlobalPooling(Reduction.AVERAGE, true), List.of(Shape.of(9, 2)), Shape.of(1, 2)),
        arguments(new Dense(3, true), List.of(VECTOR), Shape.of(3)),
        arguments(new Dense(3, true), List.of(IMAGE), Shape.of(4, 5, 3)),
        arguments(new Merge(Merge.Operation.ADD), List.of(IMAGE, IMAGE, IMAGE), IMAGE),
        arguments(new GlobalPooling(Reduction.AVERAGE, false), List.of(IMAGE), Shape.of(6)),
        arguments(new GlobalPooling(Reduction.MAXIMUM, true), List.of(IMAGE), Shape.of(1, 1, 6)),
        arguments(new Rescaling(2, 1), List.of(VECTOR), VECTOR),
        arguments(new Identity(), List.of(IMAGE), IMAGE),
        arguments(new Truncation(), List.of(IMAGE), IMAGE),
        arguments(new BatchNormalization(1, true, true), List.of(IMAGE), IMAGE),
        arguments(new Activate(Activation.Plain.SOFTMAX), List.of(VECTOR), VECTOR),
        arguments(new Pooling(Reduction.AVERAGE, WINDOW), List.of(IMAGE), Shape.of(2, 4, 6)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void outputShape(Layer layer, List<Shape> inputs, Shape expected) {
    assertThat(layer.outputShape(inputs)).isEqualTo(expected);
  }

  static Stream<Arguments> misfits() {
    String image = "expected an input of (height, width, channel), found shape (7)";
    return Stream.of(
        arguments(new Convolution(2, WINDOW, 1, 1, 1, true), List.of(VECTOR), image),
        arguments(new Pooling(Reduction.MAXIMUM, WINDOW), List.of(VECTOR), image),
        arguments(new GlobalPooling(Reduction.MAXIMUM, true), List.of(VECTOR), image),
        arguments(
            new Convolution(4, WINDOW, 1, 1, 4, true),
            List.of(IMAGE),
            "6 input channels cannot be divided into 4 groups"),
        arguments(new Flatten(), List.of(), "expected one input, found 0"),
        arguments(
            new Reshape(Shape.of(7)),
            List.of(IMAGE),
            "expected an input of as many elements as shape (7) has, found shape (4, 5, 6)"),
        arguments(
            new Permutation(List.of(0)),
            List.of(IMAGE),
            "expected an input of 1 axes, found shape (4, 5, 6)"),
        arguments(
            new Cropping(new Margins(2, 2, 0, 0)),
            List.of(IMAGE),
            "Margins[top=2, bottom=2, left=0, right=0] leave nothing of an input of shape"
                + " (4, 5, 6)"),
        arguments(
            new GroupNormalization(4, 1, true, true),
            List.of(IMAGE),
            "6 channels cannot be divided into 4 groups"),
        arguments(
            new LayerNormalization(List.of(3), 1, true, true),
            List.of(IMAGE),
            "expected an input that has the axes [3], found shape (4, 5, 6)"),
        arguments(
            new Prelu(List.of(-1)),
            List.of(IMAGE),
            "expected an input that has the axes [-1], found shape (4, 5, 6)"),
        arguments(
            new Rescaling(List.of(1f, 2f), SIX),
            List.of(IMAGE),
            "expected one of the scales, or one for each of the 6 channels, found 2"),
        arguments(
            new Merge(Merge.Operation.SUBTRACT),
            List.of(IMAGE, IMAGE, IMAGE),
            "expected two inputs, found [(4, 5, 6), (4, 5, 6), (4, 5, 6)]"),
        arguments(
            new Concatenation(0),
            List.of(IMAGE, Shape.of(4, 5, 7)),
            "expected at least two inputs that differ in axis 0 only, found"
                + " [(4, 5, 6), (4, 5, 7)]"),
        arguments(new Identity(), List.of(IMAGE, IMAGE), "expected one input, found 2"),
        arguments(new Input(IMAGE), List.of(IMAGE), "an input layer takes no input, found 1"),
        arguments(
            new Merge(Merge.Operation.ADD),
            List.of(IMAGE),
            "expected at least two inputs of the same shape, found [(4, 5, 6)]"),
        arguments(
            new Merge(Merge.Operation.ADD),
            List.of(IMAGE, VECTOR),
            "expected at least two inputs of the same shape, found [(4, 5, 6), (7)]"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void inputThatDoesNotFitIsRefused(Layer layer, List<Shape> inputs, String message) {
    assertThatThrownBy(() -> layer.outputShape(inputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void convolutionNeedsAKernelOfItsGroupAndABias() {
    assertThat(new Convolution(4, WINDOW, 1, 1, 2, true).variables(List.of(IMAGE)))
        .containsExactly(
            new Variable("kernel", Shape.of(3, 2, 3, 4)), new Variable("bias", Shape.of(4)));
    assertThat(new Convolution(4, WINDOW, 1, 1, 1, false).variables(List.of(IMAGE)))
        .containsExactly(new Variable("kernel", Shape.of(3, 2, 6, 4)));
  }

  @Test
  void denseNeedsAKernelAndABias() {
    assertThat(new Dense(3, true).variables(List.of(VECTOR)))
        .containsExactly(new Variable("kernel", Shape.of(7, 3)), new Variable("bias", Shape.of(3)));
    assertThat(new Dense(3, false).variables(List.of(VECTOR)))
        .containsExactly(new Variable("kernel", Shape.of(7, 3)));
  }

  @Test
  void batchNormalisationNeedsWhatItsOptionsSay() {
    assertThat(new BatchNormalization(1, true, true).variables(List.of(IMAGE)))
        .extracting(Variable::name)
        .containsExactly("gamma", "beta", "moving_mean", "moving_variance");
    assertThat(new BatchNormalization(1, false, false).variables(List.of(IMAGE)))
        .containsExactly(
            new Variable("moving_mean", Shape.of(6)), new Variable("moving_variance", Shape.of(6)));
  }

  @Test
  void layersThatHaveVariablesNeedThoseOfTheirAxes() {
    assertThat(new DepthwiseConvolution(2, WINDOW, 1, 1, true).variables(List.of(IMAGE)))
        .containsExactly(
            new Variable("depthwise_kernel", Shape.of(3, 2, 6, 2)),
            new Variable("bias", Shape.of(12)));
    assertThat(new LayerNormalization(List.of(0, 2), 1, true, true).variables(List.of(IMAGE)))
        .containsExactly(
            new Variable("gamma", Shape.of(4, 6)), new Variable("beta", Shape.of(4, 6)));
    assertThat(new GroupNormalization(2, 1, false, true).variables(List.of(IMAGE)))
        .containsExactly(new Variable("gamma", Shape.of(6)));
    assertThat(new Standardization(List.of(1, 2), true).variables(List.of(IMAGE)))
        .containsExactly(
            new Variable("mean", Shape.of(5, 6)), new Variable("variance", Shape.of(5, 6)));
    assertThat(new Prelu(List.of(0, 1)).variables(List.of(IMAGE)))
        .containsExactly(new Variable("alpha", Shape.of(1, 1, 6)));
  }

  @Test
  void depthwiseConvolutionOfTwoStridesIsRefused() {
    Window uneven = new Window(3, 3, 2, 1, Padding.VALID);
    assertThatThrownBy(() -> new DepthwiseConvolution(1, uneven, 1, 1, true))
        .hasMessage("expected the same stride in both directions, as TensorFlow does, found 2,1");
    assertThatThrownBy(() -> new DepthwiseConvolution(0, WINDOW, 1, 1, true))
        .hasMessage("depth multiplier and dilation must be at least 1, found 0, 1,1");
  }

  @Test
  void convolutionOfImpossibleCountsIsRefused() {
    assertThatThrownBy(() -> new Convolution(0, WINDOW, 1, 1, 1, true))
        .hasMessage("filters, dilation and groups must be at least 1, found 0, 1,1, 1");
    assertThatThrownBy(() -> new Convolution(3, WINDOW, 1, 1, 2, true))
        .hasMessage("3 filters cannot be divided into 2 groups");
    assertThatThrownBy(() -> new Dense(0, true)).hasMessage("units must be at least 1, found 0");
  }
}
