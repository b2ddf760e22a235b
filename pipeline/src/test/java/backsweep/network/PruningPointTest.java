package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import backsweep.modelfiles.KerasReader;
import backsweep.network.Activation.Plain;
import backsweep.network.Activation.Relu;
import backsweep.testing.Fixtures;
import backsweep.testing.NetworkSketch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PruningPointTest {

  private static final Pooling POOL =
      new Pooling(Reduction.MAXIMUM, new Window(2, 2, 2, 2, Padding.VALID));
  private static final BatchNormalization NORMAL = new BatchNormalization(0.5f, true, true);

  private final NetworkSketch sketch = new NetworkSketch(1, 8, 8, 2);

  @Test
  void ofTheLabsNetworkConv3ByPool3() {
    Network network =
        KerasReader.read(
            Fixtures.path("models/lab3_bd_weights.h5"),
            Optional.of(Fixtures.path("models/deepid.json")));
    PruningPoint point = byDefault(network);

    assertThat(point.convolution()).isEqualTo("conv_3");
    assertThat(point.statisticsLayer()).isEqualTo("pool_3");
    assertThat(point.channels()).isEqualTo(60);
    assertThat(maskedLayers(network, point)).containsExactly("pool_3");
  }

  static Stream<Arguments> chains() {
    return Stream.of(
        arguments(List.of(), "conv", "conv"),
        arguments(List.of(new Activate(Relu.PLAIN), POOL), "layer_1", "layer_1"),
        arguments(
            List.of(new Activate(Relu.leaky(0.1f)), new Identity(), POOL), "layer_2", "layer_2"),
        arguments(List.of(new Activate(Plain.SIGMOID), POOL), "conv", "layer_1"),
        arguments(List.of(POOL, new Activate(Plain.SIGMOID), POOL), "layer_0", "layer_2"),
        arguments(List.of(NORMAL, new Activate(Relu.PLAIN)), "conv", "layer_1"),
        arguments(List.of(new Rescaling(2, 0), new Rescaling(2, 1)), "layer_0", "layer_1"),
        arguments(
            List.of(new Activate(Relu.PLAIN), new GlobalPooling(Reduction.AVERAGE, false)),
            "layer_1",
            "layer_1"),
        arguments(List.of(new Activate(Plain.SOFTMAX), POOL), "conv", "conv"));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void maskStandsBeforeWhatDoesNotKeepZeroAndStatisticsBehindWhatActsPerChannel(
      List<Layer> behind, String masked, String statistics) {
    sketch.convolution("conv", 3);
    for (int i = 0; i < behind.size(); i++) {
      sketch.then("layer_" + i, behind.get(i));
    }
    Network network = sketch.classes(4);
    PruningPoint point = byDefault(network);

    assertThat(maskedLayers(network, point)).containsExactly(masked);
    assertThat(point.statisticsLayer()).isEqualTo(statistics);
    assertThat(point.channels()).isEqualTo(3);
  }

  @Test
  void fusedActivationThatKeepsZeroIsPassed() {
    Network network = sketch.convolution("conv", 3).fused(Relu.PLAIN).classes(4);
    PruningPoint point = byDefault(network);

    assertThat(point.cut().masks()).containsExactly(2);
    assertThat(point.statistics()).containsExactly(2);
    assertThat(point.statisticsLayer()).isEqualTo("conv");
  }

  @Test
  void fusedActivationThatDoesNotKeepZeroIsMaskedBeforeAndAveragedBehind() {
    Network network = sketch.convolution("conv", 3).fused(Plain.SIGMOID).classes(4);
    PruningPoint point = byDefault(network);

    assertThat(point.cut().masks()).containsExactly(1);
    assertThat(point.statistics()).containsExactly(2);
    assertThat(point.statisticsLayer()).isEqualTo("conv");
  }

  @Test
  void normalisationWithoutAShiftIsPassed() {
    Network network = sketch.convolution("conv", 3).then("normal", NORMAL).classes(4);
    Network still = withNormal(network, 0);

    assertThat(maskedLayers(still, byDefault(still))).containsExactly("normal");
    assertThat(maskedLayers(network, byDefault(network))).containsExactly("conv");
    Network shiftedInOne = withNormal(network, 1e-30f);
    assertThat(maskedLayers(shiftedInOne, byDefault(shiftedInOne))).containsExactly("conv");
  }

  @Test
  void chainEndsAtTheFirstBranch() {
    int relu = sketch.convolution("conv", 2).activation("relu", Relu.PLAIN).last();
    int pool = sketch.then("pool", new Identity()).last();
    Network network = sketch.from(relu).then("drop", new Identity()).plus("add", pool).classes(4);
    PruningPoint point = byDefault(network);

    assertThat(point.statisticsLayer()).isEqualTo("relu");
    assertThat(maskedLayers(network, point)).containsExactly("relu");
  }

  @Test
  void branchRightBehindTheConvolutionLeavesTheConvolutionItself() {
    int conv = sketch.convolution("conv", 2).last();
    int relu = sketch.activation("relu", Relu.PLAIN).last();
    Network network = sketch.from(conv).activation("tanh", Plain.TANH).plus("a", relu).classes(4);
    PruningPoint point = byDefault(network);

    assertThat(point.statisticsLayer()).isEqualTo("conv");
    assertThat(point.cut().masks()).containsExactly(conv);
  }

  @Test
  void sharedConvolutionIsAveragedAtEveryCall() {
    int left = sketch.convolution("shared", 3).activation("relu", Relu.PLAIN).last();
    int right = sketch.from(0).then("scale", new Rescaling(2, 0)).convolution("shared", 3).last();
    PruningPoint point = byDefault(sketch.plus("add", left).classes(4));

    assertThat(point.statistics()).containsExactly(left, right);
    assertThat(point.statisticsLayer()).isEqualTo("relu+shared");
  }

  @Test
  void statisticsLayerByNameIsAnyOfAsManyChannels() {
    sketch.convolution("first", 3).convolution("conv", 3).activation("sigmoid", Plain.SIGMOID);
    Network network = sketch.then("pool", POOL).classes(3);

    assertThat(named(network, "conv", "first").statistics()).containsExactly(1);
    assertThat(named(network, "conv", "pool").statistics()).containsExactly(4);
    assertThat(maskedLayers(network, named(network, "conv", "pool"))).containsExactly("conv");
  }

  @Test
  void unknownConvolutionListsTheOnesThereAre() {
    Network network =
        sketch
            .convolution("conv_1", 3)
            .activation("relu", Relu.PLAIN)
            .convolution("conv_2", 4)
            .classes(5);

    assertThatThrownBy(() -> named(network, "relu", "relu"))
        .isInstanceOf(UnknownLayerException.class)
        .hasMessage("no convolution named \"relu\"; there are: conv_1, conv_2");
  }

  @Test
  void depthwiseConvolutionIsRefusedWithTheReason() {
    Window window = new Window(3, 3, 1, 1, Padding.SAME);
    Network network =
        sketch
            .convolution("conv_1", 3)
            .then("depthwise", new DepthwiseConvolution(1, window, 1, 1, false))
            .classes(5);

    assertThatThrownBy(() -> named(network, "depthwise", "conv_1"))
        .isInstanceOf(UnknownLayerException.class)
        .hasMessage(
            "the convolution \"depthwise\" is depthwise: its channels are those of the layer before"
                + " it; prune that one; there are: conv_1");
    assertThat(maskedLayers(network, byDefault(network))).containsExactly("depthwise");
  }

  @Test
  void separableConvolutionIsPrunedInItsSecondHalf() {
    Window window = new Window(3, 3, 1, 1, Padding.SAME);
    Window point = new Window(1, 1, 1, 1, Padding.VALID);
    Network network =
        sketch
            .then("separable", new DepthwiseConvolution(2, window, 1, 1, false))
            .other(new Convolution(4, point, 1, 1, 1, true))
            .classes(5);
    Network pruned = network.pruned("separable", ChannelMask.pruning(4, List.of(2)));

    assertThat(byDefault(network).convolution()).isEqualTo("separable");
    assertThat(byDefault(network).channels()).isEqualTo(4);
    assertThat(pruned.weights().get("separable", "depthwise_kernel"))
        .isSameAs(network.weights().get("separable", "depthwise_kernel"));
    assertThat(pruned.weights().get("separable", "bias").at(2)).isZero();
  }

  @Test
  void statisticsLayerOfOtherChannelsListsThoseThatFit() {
    Network network =
        sketch
            .convolution("conv_1", 3)
            .activation("relu", Relu.PLAIN)
            .convolution("conv_2", 4)
            .classes(5);

    assertThatThrownBy(() -> named(network, "conv_1", "conv_2"))
        .isInstanceOf(UnknownLayerException.class)
        .hasMessage("no layer of 3 channels named \"conv_2\"; there are: conv_1, relu");
    assertThatThrownBy(() -> named(network, "conv_2", "poll"))
        .hasMessage("no layer of 4 channels named \"poll\"; there are: conv_2");
  }

  private static PruningPoint byDefault(Network network) {
    return PruningPoint.of(network, Optional.empty(), Optional.empty());
  }

  private static PruningPoint named(Network network, String layer, String statistics) {
    return PruningPoint.of(network, Optional.of(layer), Optional.of(statistics));
  }

  private static List<String> maskedLayers(Network network, PruningPoint point) {
    return point.cut().masks().stream().map(node -> network.graph().node(node).name()).toList();
  }

  /** The network with a normalisation that shifts by nothing but this much in its last channel. */
  private static Network withNormal(Network network, float shift) {
    Map<String, Map<String, Tensor>> weights = new HashMap<>(network.weights().byLayer());
    Map<String, Tensor> normal = new HashMap<>(weights.get("normal"));
    normal.put("beta", Tensor.of(Shape.of(3), 0, 0, shift));
    normal.put("moving_mean", Tensor.of(Shape.of(3), 0, 0, 0));
    weights.put("normal", normal);
    return new Network(network.graph(), new Weights(weights));
  }
}
