package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Convolution;
import backsweep.network.Graph;
import backsweep.network.Input;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.network.Padding;
import backsweep.network.Shape;
import backsweep.network.Window;
import backsweep.testing.Fixtures;
import backsweep.testing.SmallModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasReaderTest {

  static Network read(String fixture) {
    return KerasReader.read(Fixtures.path(fixture), Optional.empty());
  }

  static Network readDeepId(String fixture) {
    Path architecture = Fixtures.path("models/deepid.json");
    return KerasReader.read(Fixtures.path(fixture), Optional.of(architecture));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lab3_bd_weights",
        "sunglasses_bd_weights",
        "multi_trigger_multi_target_bd_weights"
      })
  void readsWeightsOnlyWithTheirArchitecture(String name) {
    Network network = readDeepId("models/" + name + ".h5");

    assertThat(network.graph().convolutions())
        .containsExactly("conv_1", "conv_2", "conv_3", "conv_4");
    assertThat(network.graph().inputShape()).isEqualTo(Shape.of(55, 47, 3));
    assertThat(network.classes()).isEqualTo(1283);
  }

  @Test
  void keepsFileOrderWhereTheGraphLeavesAChoice() {
    Graph graph = readDeepId("models/lab3_bd_weights.h5").graph();

    assertThat(graph.layerNames())
        .containsExactly(
            "input",
            "conv_1",
            "pool_1",
            "conv_2",
            "pool_2",
            "conv_3",
            "pool_3",
            "conv_4",
            "flatten_1",
            "flatten_2",
            "fc_1",
            "fc_2",
            "add_1",
            "activation_1",
            "output");
    assertThat(graph.node(0).layer()).isEqualTo(new Input(Shape.of(55, 47, 3)));
    assertThat(graph.node(1))
        .isEqualTo(
            new Node(
                "conv_1",
                0,
                new Convolution(20, new Window(4, 4, 1, 1, Padding.VALID), 1, 1, 1, true),
                List.of(0),
                Shape.of(52, 44, 20)));
    assertThat(graph.node(2))
        .isEqualTo(
            new Node(
                "conv_1",
                0,
                new Activate(Activation.Relu.PLAIN),
                List.of(1),
                Shape.of(52, 44, 20)));
    assertThat(graph.outputShape()).isEqualTo(Shape.of(1283));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lab3_repaired_x2",
        "lab3_repaired_x4",
        "lab3_repaired_x10",
        "lab3_repaired_x10_keras24"
      })
  void readsFullModelsOfOlderVersions(String name) {
    Network network = read("models/" + name + ".h5");

    assertThat(network.graph()).isEqualTo(readDeepId("models/lab3_bd_weights.h5").graph());
  }

  @Test
  void acceptsTheArchitectureOfAFullModelAgain() {
    Network network = readDeepId("models/lab3_repaired_x2.h5");

    assertThat(network.graph()).isEqualTo(read("models/lab3_repaired_x2.h5").graph());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"grey", "residual", "plain_sequential", "bn_after", "sigmoid_after", "leaky"})
  void readsTheSameNetworkFromEveryContainer(String name) {
    Network hdf = read("zoo/" + name + ".h5");
    Network zip = read("zoo/" + name + ".keras");

    assertThat(zip.graph()).isEqualTo(hdf.graph());
    assertThat(zip.weights().sameValues(hdf.weights())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compressed.h5",
        "split.h5",
        "by_position.weights.h5",
        "fixed.h5",
        "texts.h5",
        "circle.h5"
      })
  void readsTheSameNetworkFromEveryLayout(String name) {
    Network plain = SmallModels.read("small.h5");
    Network other = SmallModels.read(name);

    assertThat(other.graph()).isEqualTo(plain.graph());
    assertThat(other.weights().sameValues(plain.weights())).isTrue();
  }

  @Test
  void convertsOtherPrecisionsAndByteOrders() {
    Network network = SmallModels.read("precisions.h5");

    assertThat(network.weights().sameValues(SmallModels.read("small.h5").weights())).isTrue();
    assertThat(network.weights().get("dense", "bias").at(2)).isEqualTo(150 / 64f);
  }

  @Test
  void readsSplitAttributesWithoutAnArchitectureFile() {
    Network network = KerasReader.read(SmallModels.path("split.h5"), Optional.empty());

    assertThat(network.graph().layerNames()).containsExactly("input", "conv", "flatten", "dense");
  }

  @Test
  void readsANetworkWithoutConvolution() {
    assertThat(read("refused/no_convolution.h5").graph().convolutions()).isEmpty();
  }
}
