package backsweep.writing;

import backsweep.keras.Json;
import backsweep.keras.Refusal;
import backsweep.network.UnsupportedNetworkException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes the architecture of a functional model, as Keras 2 does, which Keras 3 reads too; options
 * that only matter before or in training, such as initialisers, are left to Keras' defaults.
 *
 * @param calls all calls, each after those whose output it takes; the last one is the output
 * @param where the file that is to be written, for errors
 */
record WrittenConfig(List<LayerCall> calls, String where) {

  /** Names under which Keras can run a layer in TensorFlow: there it becomes part of others. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,79}");

  /** The group beside those of the layers. */
  private static final String RESERVED = "top_level_model_weights";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * The JSON.
   *
   * @throws UnsupportedNetworkException if Keras has no such layers
   */
  String text() {
    ObjectNode config = JSON.objectNode().put("name", "network").put("trainable", true);
    ArrayNode layers = config.putArray("layers");
    FileOrder.of(calls, where).forEach(name -> layers.add(layer(name)));
    // A model of one input and one output, not of lists of one.
    config.set("input_layers", reference(0));
    config.set("output_layers", reference(calls.size() - 1));
    ObjectNode model = JSON.objectNode().put("class_name", "Functional");
    model.set("config", config);
    return model.toString();
  }

  private ObjectNode layer(String name) {
    checkName(name);
    List<LayerCall> own = calls.stream().filter(call -> call.name().equals(name)).toList();
    WrittenLayer written = written(own.get(0));
    ObjectNode config =
        JSON.objectNode().put("name", name).put("trainable", true).put("dtype", "float32");
    config.setAll(written.options());
    ObjectNode layer = JSON.objectNode().put("class_name", written.className()).put("name", name);
    layer.set("config", config);
    ArrayNode nodes = layer.putArray("inbound_nodes");
    own.stream().filter(call -> !call.inputs().isEmpty()).forEach(call -> nodes.add(node(call)));
    return layer;
  }

  private WrittenLayer written(LayerCall call) {
    try {
      return WrittenLayers.of(call);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedNetworkException(
          "%s: layer %s: %s".formatted(where, call.name(), e.getMessage()), e);
    }
  }

  private void checkName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(RESERVED)) {
      throw Refusal.of(
          where,
          "the layer name \"%s\"".formatted(Json.excerpt(name)),
          "up to 80 letters, digits and _.- as a name, the first a letter or digit, but not "
              + RESERVED);
    }
  }

  /** The tensors of one call, each with no arguments. */
  private JsonNode node(LayerCall call) {
    ArrayNode node = JSON.arrayNode();
    for (int input : call.inputs()) {
      ArrayNode tensor = reference(input);
      tensor.addObject();
      node.add(tensor);
    }
    return node;
  }

  /** The output of a call: layer, call, first output. */
  private ArrayNode reference(int call) {
    return JSON.arrayNode().add(calls.get(call).name()).add(calls.get(call).call()).add(0);
  }
}
