package backsweep.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.modelfiles.KerasReader;
import backsweep.modelfiles.RepairedCopy;
import backsweep.network.Architecture;
import backsweep.network.ChannelMask;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Graph;
import backsweep.network.GraphBuilder;
import backsweep.network.InitialWeights;
import backsweep.network.Input;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.network.Tensor;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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
  void theZooHasEveryKindOfLayerThatIsWrittenAndAllOfItIsReadBack() {
    Set<Class<?>> kinds = new HashSet<>();
    LayerZoo.networks()
        .forEach(
            (name, network) -> {
              network.graph().nodes().forEach(node -> kinds.add(node.layer().getClass()));
              assertReadBack(network, name + ".h5");
            });
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

  @Test
  void inputsOfAnyRankAreWritten() {
    GraphBuilder builder = new GraphBuilder();
    int input = builder.add("in", 0, new Input(Shape.of(6)), List.of());
    builder.add("out", 0, new Dense(3, true), List.of(input));
    Graph graph = builder.build();

    assertReadBack(new Network(graph, InitialWeights.of(graph, 1)), "vector.h5");
  }
}
