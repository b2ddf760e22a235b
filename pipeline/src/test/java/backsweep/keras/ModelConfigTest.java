package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Graph;
import backsweep.network.Identity;
import backsweep.network.Node;
import backsweep.network.Shape;
import backsweep.network.UnsupportedNetworkException;
import backsweep.testing.SmallModels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of different Keras versions, and what is refused of it. */
class ModelConfigTest {

  /** As Keras 3 writes it, in the words of the small model. */
  private static final String KERAS_3 =
      """
      {"module": "keras.src.models.functional", "class_name": "Functional", "config": {
        "name": "small", "trainable": true, "layers": [
          {"module": "keras.layers", "class_name": "InputLayer", "registered_name": null,
           "config": {"batch_shape": [null, 5, 5, 1], "dtype": "float32", "sparse": false,
                      "ragged": false, "name": "input", "optional": false},
           "name": "input", "inbound_nodes": []},
          {"module": "keras.layers", "class_name": "Conv2D", "registered_name": null,
           "config": {"name": "conv", "filters": 4, "kernel_size": [3, 3], "activation": "relu",
                      "dtype": {"module": "keras", "class_name": "DTypePolicy",
                                "config": {"name": "float32"}, "registered_name": null}},
           "name": "conv", "inbound_nodes": [{"args": [%s], "kwargs": {"mask": null}}]},
          {"module": "keras.layers", "class_name": "Flatten", "registered_name": null,
           "config": {"name": "flatten"}, "name": "flatten",
           "inbound_nodes": [{"args": [%s], "kwargs": {}}]},
          {"module": "keras.layers", "class_name": "Dense", "registered_name": null,
           "config": {"name": "dense", "units": 3, "activation": "softmax"}, "name": "dense",
           "inbound_nodes": [{"args": [%s], "kwargs": {}}]}],
        "input_layers": ["input", 0, 0], "output_layers": ["dense", 0, 0]},
       "registered_name": "Functional"}
      """
          .formatted(tensor("input"), tensor("conv"), tensor("flatten"));

  private static String tensor(String layer) {
    return """
        {"class_name": "__keras_tensor__",
         "config": {"dtype": "float32", "keras_history": ["%s", 0, 0]}}
        """
        .formatted(layer);
  }

  @Test
  void readsKeras3AsKeras2() {
    assertThat(SmallModels.graph(KERAS_3))
        .isEqualTo(SmallModels.graph(SmallModels.architectureText()));
  }

  @Test
  void readsASequentialModelThatIsAList() {
    Graph graph =
        SmallModels.graph(
            """
            {"class_name": "Sequential", "keras_version": "2.1.6", "config": [
              {"class_name": "Conv2D", "config": {"name": "conv", "filters": 4, "kernel_size": 3,
                "strides": 1, "activation": "relu", "batch_input_shape": [null, 5, 5, 1]}},
              {"class_name": "Flatten", "config": {"name": "flatten"}},
              {"class_name": "Dense", "config": {"name": "dense", "units": 3,
                "activation": "softmax"}}]}
            """);

    assertThat(graph.layerNames()).containsExactly("conv_input", "conv", "flatten", "dense");
    assertThat(graph.nodes().subList(1, graph.size()))
        .isEqualTo(
            SmallModels.graph(SmallModels.architectureText()).nodes().subList(1, graph.size()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"build_input_shape\": [null, 5, 4, 3], | ''",
        "'' | , \"build_config\": {\"input_shape\": [null, 5, 4, 3]}"
      })
  void takesTheInputShapeOfASequentialModelFromWhereItIs(String inside, String outside) {
    Graph graph =
        SmallModels.graph(
            """
            {"class_name": "Sequential", "config": {%s "layers": [
              {"class_name": "Flatten", "config": {"name": "flatten"}}]} %s}
            """
                .formatted(inside, outside));

    assertThat(graph.inputShape()).isEqualTo(Shape.of(5, 4, 3));
  }

  @Test
  void callsASharedLayerAsOftenAsTheModelDoes() {
    String layers =
        String.join(
            ",",
            KerasJson.layer(
                "Conv2D",
                "c",
                ", \"filters\": 2, \"kernel_size\": 1, \"activation\": \"relu\"",
                "[[\"in\", 0, 0, {}]]",
                "[[\"c\", 0, 0, {}]]"),
            KerasJson.layer("Add", "sum", "", "[[\"c\", 0, 0, {}], [\"c\", 1, 0, {}]]"));

    Graph graph = SmallModels.graph(KerasJson.functional(layers, "sum"));

    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("in", "c", "c", "c", "c", "sum");
    assertThat(graph.nodes()).extracting(Node::call).containsExactly(0, 0, 0, 1, 1, 0);
    assertThat(graph.node(5).inputs()).containsExactly(2, 4);
    assertThat(graph.variables()).containsOnlyKeys("c");
  }

  @Test
  void sortsLayersThatAreNotInOrderAndDropsThoseThatLeadNowhere() {
    String layers =
        String.join(
            ",",
            KerasJson.layer("Flatten", "out", "", KerasJson.call("b")),
            KerasJson.layer("Flatten", "nowhere", "", KerasJson.call("a")),
            KerasJson.layer("Add", "b", "", KerasJson.call("a", "in")),
            KerasJson.layer("ReLU", "a", "", KerasJson.call("in")));

    assertThat(SmallModels.graph(KerasJson.functional(layers, "out")).layerNames())
        .containsExactly("in", "a", "b", "out");
  }

  /** Keras 2: calls of a model are counted from 1, the first one being of its own input. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2"})
  void putsTheLayersOfANestedModelIntoItsPlace(int first, int second) {
    Graph graph = SmallModels.graph(nested("inner", "c", first, second));

    assertThat(graph.layerNames()).containsExactly("in", "inner/c", "inner/norm", "sum");
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("in", "inner/c", "inner/norm", "inner/c", "inner/norm", "sum");
    assertThat(graph.nodes()).extracting(Node::call).containsExactly(0, 0, 0, 1, 1, 0);
    assertThat(graph.nodes())
        .extracting(Node::inputs)
        .containsExactly(List.of(), List.of(0), List.of(1), List.of(2), List.of(3), List.of(2, 4));
    assertThat(graph.variables()).containsOnlyKeys("inner/c", "inner/norm");
  }

  /** A model of this name that is called with the input, and then with its own output. */
  private static String nested(String model, String convolution, int first, int second) {
    String layers =
        String.join(
            ",",
            KerasJson.layer(
                "Conv2D",
                convolution,
                ", \"filters\": 2, \"kernel_size\": 1",
                KerasJson.call("in")),
            KerasJson.layer("BatchNormalization", "norm", "", KerasJson.call(convolution)));
    String inner =
        KerasJson.functional(layers, "norm").strip().replaceFirst("\\{", "{\"name\": \"%s\",");
    String calls =
        "\"inbound_nodes\": [[[\"in\", 0, 0, {}]], [[\"%s\", %d, 0, {}]]]}".formatted(model, first);
    String called = inner.formatted(model).replaceFirst("\\}$", ", " + calls);
    String sum =
        KerasJson.layer(
            "Add",
            "sum",
            "",
            "[[\"%s\", %d, 0, {}], [\"%s\", %d, 0, {}]]".formatted(model, first, model, second));
    return KerasJson.functional(
        called.replace("\"name\": \"m\"", "\"name\": \"" + model + "\"") + ", " + sum, "sum");
  }

  @Test
  void readsSequentialModelsInSequentialModels() {
    Graph graph =
        SmallModels.graph(
            """
            {"class_name": "Sequential", "config": {"name": "all", "layers": [
              {"class_name": "Sequential", "config": {"name": "first", "layers": [
                {"class_name": "ReLU",
                 "config": {"name": "a", "batch_input_shape": [null, 5, 4, 3]}},
                {"class_name": "Sequential", "config": {"name": "second", "layers": [
                  {"class_name": "Flatten", "config": {"name": "b"}}]}}]}},
              {"class_name": "Dense", "config": {"name": "c", "units": 2}}]}}
            """);

    assertThat(graph.layerNames()).containsExactly("first_input", "first/a", "first/second/b", "c");
    assertThat(graph.inputShape()).isEqualTo(Shape.of(5, 4, 3));
  }

  /** Forty models, each of which calls the one before it twice, are a few kilobytes. */
  @Test
  void refusesModelsInModelsThatAreBillionsOfLayers() {
    String model =
        """
        {"class_name": "Sequential", "name": "m0", "config": {"name": "m0", "layers": [
          {"class_name": "ReLU", "config": {"name": "a"}}]}, "inbound_nodes": [
          [["in", 0, 0, {}]], [["m0", 0, 0, {}]]]}""";
    for (int depth = 1; depth < 40; depth++) {
      String name = "m" + depth;
      String inner = KerasJson.functional(model, "%s\", 1, 0], [\"x".formatted("m" + (depth - 1)));
      inner = inner.replace(", [\"x\", 0, 0]", "");
      model =
          inner
              .strip()
              .replace("\"name\": \"m\"", "\"name\": \"" + name + "\"")
              .replaceFirst(
                  "\\}$",
                  ", \"inbound_nodes\": [[[\"in\", 0, 0, {}]], [[\"%s\", 0, 0, {}]]]}"
                      .formatted(name));
    }
    String bomb = KerasJson.functional(model, "m39\", 1, 0], [\"x").replace(", [\"x\", 0, 0]", "");

    assertThatThrownBy(() -> SmallModels.graph(bomb))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("a network of more than 10,000 calls is not supported");
  }

  @Test
  void refusesTwoLayersOfOneNameInDifferentModels() {
    String json =
        nested("inner", "c", 0, 1)
            .replace("\"Add\", \"name\": \"sum\"", "\"Add\", \"name\": \"inner/c\"")
            .replace("\"config\": {\"name\": \"sum\"", "\"config\": {\"name\": \"inner/c\"")
            .replace("[[\"sum\", 0, 0]]", "[[\"inner/c\", 0, 0]]");

    assertThatThrownBy(() -> SmallModels.graph(json))
        .isInstanceOf(KerasFileException.class)
        .hasMessageContaining("expected layers of different names, found two named inner/c");
  }

  @Test
  void refusesWhatIsNotSupportedInANestedModel() {
    String json = nested("inner", "c", 0, 1).replace("BatchNormalization", "Lambda");

    assertThatThrownBy(() -> SmallModels.graph(json))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith(
            "model.json, layer inner: the layer class Lambda of layer norm is not supported");
  }

  @Test
  void refusesASingleScore() {
    String layers =
        KerasJson.layer("Flatten", "f", "", KerasJson.call("in"))
            + ","
            + KerasJson.layer("Dense", "d", ", \"units\": 1", KerasJson.call("f"));

    assertThatThrownBy(() -> SmallModels.graph(KerasJson.functional(layers, "d")))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            "model.json: an output of a single score is not supported; supported: one score for"
                + " each class");
  }

  @Test
  void callsAugmentationsInTrainingAsKeras3WritesThem() {
    String json =
        KERAS_3.replace("\"kwargs\": {\"mask\": null}", "\"kwargs\": {\"training\": true}");

    assertThatThrownBy(() -> SmallModels.graph(json)).hasMessageContaining("training = true");
    String flip = json.replace("\"class_name\": \"Conv2D\"", "\"class_name\": \"RandomFlip\"");
    assertThat(SmallModels.graph(flip).node(1).layer()).isEqualTo(new Identity());
  }

  @Test
  void refusesSeveralInputsOrOutputs() {
    String two = "\"output_layers\": [[\"dense\", 0, 0], [\"conv\", 0, 0]]";
    String json =
        SmallModels.architectureText()
            .replaceAll("\\s+", "")
            .replace("\"output_layers\":[[\"dense\",0,0]]", two);

    assertThatThrownBy(() -> SmallModels.graph(json))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            "model.json: a model with the outputs [dense[0], conv[0]] is not supported; supported:"
                + " models with one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | expected a JSON object, found",
        "[] | expected a JSON object, found []",
        "{\"class_name\": | expected JSON, found Unexpected end-of-input",
        "{\"a\": 1, \"a\": 2} | expected JSON, found Duplicate field 'a'",
        "{\"a\": 1} {} | expected JSON, found Trailing token",
        "{} | expected a model's architecture with a class_name, found {}",
        "{\"class_name\": \"Model\"} | expected a list of layers",
        "{\"class_name\": \"Sequential\", \"config\": []} | expected a model with layers, found none"
      })
  void refusesWhatIsNoArchitecture(String json, String message) {
    assertThatThrownBy(() -> SmallModels.graph(json))
        .isInstanceOf(KerasFileException.class)
        .hasMessageStartingWith("model.json: " + message);
  }

  @Test
  void refusesAnotherModelClass() {
    assertThatThrownBy(() -> SmallModels.graph("{\"class_name\": \"Mine\", \"config\": {}}"))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("model class Mine is not supported; supported: Functional, Model");
  }

  @Test
  void refusesJsonThatIsTooDeep() {
    assertThatThrownBy(() -> SmallModels.graph("[".repeat(100_000)))
        .isInstanceOf(KerasFileException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void refusesACircle() {
    String layers =
        KerasJson.layer("Add", "a", "", KerasJson.call("in", "b"))
            + ","
            + KerasJson.layer("ReLU", "b", "", KerasJson.call("a"));

    assertThatThrownBy(() -> SmallModels.graph(KerasJson.functional(layers, "b")))
        .isInstanceOf(KerasFileException.class)
        .hasMessageContaining("found layers in a circle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"gone\", 0, 0, {}] | expected the layer gone, found none of that name",
        "[\"in\", 7, 0, {}] | expected call 7 of layer in, found 1 calls",
        "[\"in\", 0, 1, {}] | a second output of layer in is not supported",
        "[\"in\", 0, 0, {\"training\": true}] | a call with training = true is not supported",
        "[\"in\"] | expected [layer name, call, output], found \"in\"",
        "{\"x\": 1} | expected [layer name, call, output], found {\"x\":1}"
      })
  void refusesCallsThatAreNotToBeMade(String reference, String message) {
    String layers = KerasJson.layer("Flatten", "it", "", "[" + reference + "]");

    assertThatThrownBy(() -> SmallModels.graph(KerasJson.functional(layers, "it")))
        .hasMessageStartingWith("model.json")
        .hasMessageContaining(message);
  }
}
