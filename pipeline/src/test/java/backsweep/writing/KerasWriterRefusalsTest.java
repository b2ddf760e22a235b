package backsweep.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Activation.Plain;
import backsweep.network.Activation.Relu;
import backsweep.network.BatchNormalization;
import backsweep.network.Flatten;
import backsweep.network.GraphBuilder;
import backsweep.network.Layer;
import backsweep.network.Network;
import backsweep.network.Rescaling;
import backsweep.network.UnsupportedNetworkException;
import backsweep.testing.LayerZoo;
import backsweep.testing.NetworkSketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no Keras file can hold is refused, by name, and nothing is written. */
class KerasWriterRefusalsTest {

  @TempDir private Path folder;

  private void assertRefused(Network network, String... parts) throws IOException {
    assertThatThrownBy(() -> KerasWriter.write(network, folder.resolve("net.h5")))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith(folder.resolve("net.h5") + ": ")
        .satisfies(e -> Arrays.stream(parts).forEach(p -> assertThat(e).hasMessageContaining(p)));
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        ".",
        "..",
        "top_level_model_weights",
        "",
        "tab\there",
        "two words",
        "Übergang",
        "a:0",
        "_a",
        "a>b"
      })
  void namesThatNoFileCanHoldAreRefused(String name) throws IOException {
    Network network = new NetworkSketch(1, 4, 4, 2).convolution(name, 3).classes(3);

    assertRefused(network, "the layer name", "up to 80 letters, digits and _.- as a name");
  }

  @Test
  void aNameOfMoreThan80LettersIsRefused() throws IOException {
    assertRefused(
        new NetworkSketch(1, 4, 4, 2).convolution("n".repeat(81), 3).classes(3),
        "the layer name \"nnn");
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
    KerasWriter.write(longest, folder.resolve("longest.h5"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
