package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Activation.Plain;
import backsweep.network.Activation.Relu;
import backsweep.network.Architecture;
import backsweep.network.BatchNormalization;
import backsweep.network.ChannelMask;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Graph;
import backsweep.network.GraphBuilder;
import backsweep.network.InitialWeights;
import backsweep.network.Input;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Layer;
import backsweep.network.Network;
import backsweep.network.Rescaling;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Weights;
import backsweep.testing.Fixtures;
import backsweep.testing.LayerZoo;
import backsweep.testing.NetworkSketch;
import backsweep.testing.RandomNetworks;
import backsweep.testing.RealKeras;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasWriterTest {

  private static final int RANDOM_NETWORKS = 150;

  @TempDir private Path folder;

  /** Writes a network, and reads it back. */
  private Network written(Network network, String name) {
    Path file = folder.resolve(name);
    KerasWriter.write(network, file);
    return KerasReader.read(file, Optional.empty());
  }

  private void assertReadBack(Network network, String name) {
    Network found = written(network, name);
    assertThat(found.graph()).as(name).isEqualTo(network.graph());
    assertThat(RealKeras.flat(found.weights()))
        .as(name)
        .isEqualTo(RealKeras.flat(network.weights()));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void whatIsTrainedIsReadBack(Architecture architecture) throws IOException {
    Graph graph = architecture.graph(Shape.of(55, 47, 3), 40);

    assertReadBack(new Network(graph, InitialWeights.of(graph, 3)), "trained.h5");

    assertThat(names()).containsExactly("trained.h5");
  }

  @Test
  void theZooHasEveryKindOfLayerAndAllOfItIsReadBack() {
    Set<Class<?>> kinds = new HashSet<>();
    LayerZoo.networks()
        .forEach(
            (name, network) -> {
              network.graph().nodes().forEach(node -> kinds.add(node.layer().getClass()));
              assertReadBack(network, name + ".h5");
            });
    assertThat(kinds).containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
    assertThat(WrittenLayers.kinds()).isEqualTo(kinds);
  }

  @Test
  void randomNetworksAreReadBack() {
    for (int seed = 0; seed < RANDOM_NETWORKS; seed++) {
      assertReadBack(RandomNetworks.of(seed), seed + ".h5");
    }
  }

  static Stream<String> fixtures() {
    return Stream.of("bn_after", "sigmoid_after", "residual", "plain_sequential", "grey", "leaky")
        .flatMap(name -> Stream.of("zoo/" + name + ".h5", "zoo/" + name + ".keras"));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void networksOfOtherFilesAreReadBack(String fixture) {
    assertReadBack(KerasReader.read(Fixtures.path(fixture), Optional.empty()), "copy.h5");
  }

  @Test
  void everyBitOfAWeightIsKept() {
    float[] values = {-0f, Float.MIN_VALUE, -Float.MAX_VALUE, 0.1f, 1 / 3f, 0, 1, -1};
    Network network = new NetworkSketch(1, 1, 1, 2).then("flat", new Flatten()).classes(4);
    Tensor kernel = Tensor.of(Shape.of(2, 4), values);

    Network found = written(with(network, "output", "kernel", kernel), "bits.h5");

    Tensor read = found.weights().get("output", "kernel");
    for (int i = 0; i < values.length; i++) {
      assertThat(Float.floatToRawIntBits(read.at(i))).isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  private static Network with(Network network, String layer, String variable, Tensor values) {
    Map<String, Map<String, Tensor>> weights = new HashMap<>(network.weights().byLayer());
    Map<String, Tensor> own = new HashMap<>(weights.get(layer));
    own.put(variable, values);
    weights.put(layer, own);
    return new Network(network.graph(), new Weights(weights));
  }

  @Test
  void channelsCanBePrunedInACopy() {
    Graph graph = Architecture.DEEPID.graph(Shape.of(55, 47, 3), 40);
    Network network = new Network(graph, InitialWeights.of(graph, 3));
    ChannelMask mask = ChannelMask.pruning(60, List.of(0, 17, 59));
    KerasWriter.write(network, folder.resolve("badnet.h5"));
    Path copy = folder.resolve("repaired.h5");

    RepairedCopy.of(folder.resolve("badnet.h5"), Optional.empty()).write(copy, "conv_3", mask);

    Network repaired = KerasReader.read(copy, Optional.empty());
    assertThat(repaired.graph()).isEqualTo(graph);
    assertThat(repaired.weights().sameValues(network.weights().masked("conv_3", mask))).isTrue();
  }

  @Test
  void whatIsThereIsNotWrittenOver() throws IOException {
    Path file = Files.writeString(folder.resolve("there.h5"), "precious");

    assertThatThrownBy(() -> KerasWriter.write(RandomNetworks.of(1), file))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("there.h5");

    assertThat(file).hasContent("precious");
    assertThat(names()).containsExactly("there.h5");
  }

  @Test
  void aFolderThatIsNotThereIsNotMade() throws IOException {
    assertThatThrownBy(() -> KerasWriter.write(RandomNetworks.of(1), folder.resolve("none/net.h5")))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none");
    assertThat(names()).isEmpty();
  }

  /** An interrupted thread cannot write: the channel it writes to is closed. */
  @Test
  void aWriteThatFailsLeavesNothing() throws IOException {
    Path file = folder.resolve("net.h5");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> KerasWriter.write(RandomNetworks.of(1), file))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("net.h5 cannot be written: ClosedByInterruptException");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void weightsThatAreNoNumbersAreNotWritten() throws IOException {
    Network network = RandomNetworks.of(1);
    Tensor bias = Tensor.of(Shape.of(5), 0, 1, Float.NaN, 3, 4);

    assertThatThrownBy(
            () -> KerasWriter.write(with(network, "output", "bias", bias), folder.resolve("n.h5")))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessage("layer output, bias: expected finite weights, found NaN at index 2");
    assertThat(names()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private void assertRefused(Network network, String... parts) throws IOException {
    assertThatThrownBy(() -> KerasWriter.write(network, folder.resolve("net.h5")))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith(folder.resolve("net.h5") + ": ")
        .satisfies(e -> Arrays.stream(parts).forEach(p -> assertThat(e).hasMessageContaining(p)));
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", ".", "..", "top_level_model_weights", "", "tab\there"})
  void namesThatNoFileCanHoldAreRefused(String name) throws IOException {
    Network network = new NetworkSketch(1, 4, 4, 2).convolution(name, 3).classes(3);

    assertRefused(network, "the layer name", "without a slash");
  }

  @Test
  void aNameOfMoreThan80LettersIsRefused() throws IOException {
    assertReadBack(
        new NetworkSketch(1, 4, 4, 2).convolution("n".repeat(80), 3).classes(3), "80.h5");
    Files.delete(folder.resolve("80.h5"));

    assertRefused(
        new NetworkSketch(1, 4, 4, 2).convolution("n".repeat(81), 3).classes(3), "layer name");
  }

  @Test
  void namesInAnyScriptAreKept() {
    assertReadBack(
        new NetworkSketch(1, 4, 4, 2).convolution("Faltung ä \"é\" 畳み込み", 3).classes(3),
        "names.h5");
  }

  static Stream<Activation> withoutName() {
    return Stream.of(
        Relu.leaky(0.3f), new Relu(0, 0, 5), Relu.leaky(-0.2f), Plain.LINEAR, new Relu(0, 1, 6));
  }

  @ParameterizedTest
  @MethodSource("withoutName")
  void aFusedActivationThatHasNoNameIsRefused(Activation function) throws IOException {
    assertRefused(
        new NetworkSketch(1, 4, 4, 2).convolution("conv", 3).fused(function).classes(3),
        "layer conv: expected",
        "activation");
  }

  @Test
  void onlyConvolutionsAndDenseLayersHaveAFusedActivation() throws IOException {
    assertRefused(
        new NetworkSketch(1, 4, 4, 2)
            .convolution("conv", 3)
            .then("scale", new Rescaling(2, 0))
            .fused(Relu.PLAIN)
            .classes(3),
        "layer scale: expected a fused activation in Conv2D or Dense only, found one in Rescaling");
    assertRefused(
        new NetworkSketch(1, 4, 4, 2)
            .convolution("c", 3)
            .fused(Plain.TANH)
            .fused(Plain.TANH)
            .classes(3),
        "the layer c with two fused activations");
  }

  static Stream<Layer> withoutWords() {
    return Stream.of(
        new Activate(Relu.leaky(-0.1f)),
        new Activate(new Relu(0, -1, 6)),
        new Activate(new Relu(-1, 1, 6)),
        new Activate(new Relu(0, 0, -6)),
        new Activate(new Relu(0, Float.POSITIVE_INFINITY, 6)),
        new Rescaling(Float.NaN, 0),
        new Rescaling(1, Float.NEGATIVE_INFINITY),
        new BatchNormalization(Float.POSITIVE_INFINITY, true, true));
  }

  @ParameterizedTest
  @MethodSource("withoutWords")
  void optionsThatKerasDoesNotTakeAreRefused(Layer layer) throws IOException {
    assertRefused(
        new NetworkSketch(1, 4, 4, 2).convolution("conv", 3).then("odd", layer).classes(3),
        "layer odd: expected");
  }

  @Test
  void aNetworkWithoutWeightsIsRefused() throws IOException {
    Network network = new NetworkSketch(1, 2, 2, 1).then("flat", new Flatten()).network();

    assertRefused(network, "a network without weights");
  }

  @Test
  void callsAreCountedInTheirOrder() throws IOException {
    assertRefused(relabelled(call -> 1 - call), "the layer shared with call 1");
    assertRefused(relabelled(call -> call * 2), "the layer shared with call 2 at place 1");
  }

  /** A network with a layer that is called twice, its calls counted in another way. */
  private static Network relabelled(IntUnaryOperator label) {
    Network network =
        new NetworkSketch(1, 4, 4, 3).convolution("shared", 3).convolution("shared", 3).classes(3);
    GraphBuilder builder = new GraphBuilder();
    network
        .graph()
        .nodes()
        .forEach(
            node ->
                builder.add(
                    node.name(),
                    node.name().equals("shared") ? label.applyAsInt(node.call()) : node.call(),
                    node.layer(),
                    node.inputs()));
    return new Network(builder.build(), network.weights());
  }

  @Test
  void layersTakeTheWholeOutputOfOthers() throws IOException {
    NetworkSketch sketch = new NetworkSketch(1, 4, 4, 2).convolution("conv", 3);
    int linear = sketch.last();

    assertRefused(
        sketch.fused(Relu.PLAIN).plus("sum", linear).classes(3),
        "the layer sum behind conv without its activation");
  }

  @Test
  void aNameStandsForOneLayer() throws IOException {
    NetworkSketch sketch =
        new NetworkSketch(1, 4, 4, 2)
            .then("it", new Rescaling(2, 0))
            .then("it", new Rescaling(3, 0));

    assertRefused(sketch.classes(3), "the layer it that computes something else in each call");
  }

  /**
   * The second call of "late" could stand before "other", but its first one could not; so from a
   * file whatever is next of both would be the same in both places.
   */
  @Test
  void anOrderThatNoFileGivesIsRefused() throws IOException {
    NetworkSketch sketch = new NetworkSketch(1, 4, 4, 2);
    sketch.then("a", new Rescaling(2, 0));
    int first = sketch.last();
    sketch.from(0).then("b", new Rescaling(3, 0)).plus("sum_1", first);
    int sum = sketch.last();
    sketch.then("b", new Rescaling(3, 0));
    int second = sketch.last();
    sketch.from(sum).then("a", new Rescaling(2, 0)).plus("sum_2", second);

    assertRefused(sketch.classes(3), "the order of the calls of [a, b");
  }

  @Test
  void anArchitectureIsNoLongerThanAnAttribute() throws IOException {
    Network longest = null;
    int length = 0;
    for (int layers = 1; length <= WrittenModel.LONGEST_ATTRIBUTE; layers++) {
      Network next = LayerZoo.chain(layers);
      length = new WrittenConfig(LayerCalls.of(next.graph(), "file"), "file").text().length();
      if (length <= WrittenModel.LONGEST_ATTRIBUTE) {
        longest = next;
      } else {
        assertRefused(
            next, "an architecture of 32,", "at most 32,000, enough for about 100 layers");
      }
    }
    assertThat(longest.graph().size()).isGreaterThan(100);
    assertReadBack(longest, "longest.h5");
  }

  /** Every name in the list of layers takes as much room as the longest. */
  @Test
  void aListOfLayersIsNoLongerThanAnAttribute() throws IOException {
    NetworkSketch sketch = new NetworkSketch(1, 1, 1, 2).then("畳".repeat(80), normalization());
    for (int layer = 0; layer < 132; layer++) {
      sketch.then("n" + layer, normalization());
    }

    assertRefused(
        sketch.then("flat", new Flatten()).classes(3), "a list of layers of 32,160 bytes");
  }

  private static BatchNormalization normalization() {
    return new BatchNormalization(1, false, false);
  }

  @Test
  void inputsOfAnyRankAreWritten() {
    GraphBuilder builder = new GraphBuilder();
    int input = builder.add("in", 0, new Input(Shape.of(6)), List.of());
    builder.add("out", 0, new Dense(3, true), List.of(input));
    Graph graph = builder.build();

    assertReadBack(new Network(graph, InitialWeights.of(graph, 1)), "vector.h5");
  }
}
