package backsweep.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The architecture of a sequential model: a chain of layers, with or without an input layer.
 *
 * @param model the model's JSON
 * @param where the file it is from, for errors
 */
record SequentialConfig(JsonNode model, String where) {

  private static final String INPUT = "InputLayer";

  /**
   * Reads it as a functional model of one chain.
   *
   * @param shaped whether it must say of which shape its input is
   */
  ModelConfig read(boolean shaped) {
    List<LayerConfig> layers = new ArrayList<>();
    for (JsonNode layer : layers()) {
      LayerConfig config = LayerConfig.of(layer, List.of(), where);
      LayerCatalog.checkSupported(config, where);
      if (layers.isEmpty() && !config.className().equals(INPUT)) {
        layers.add(chained(impliedInput(config, layer, shaped), layers));
      }
      layers.add(chained(config, layers));
    }
    if (layers.isEmpty()) {
      throw new KerasFileException(where, "a model with layers", "none");
    }
    return new ModelConfig(
        where,
        layers,
        output(layers.get(0)),
        output(layers.get(layers.size() - 1)),
        KerasGeneration.of(model));
  }

  /** The list of layers, which is the whole configuration in Keras 2.2. */
  private JsonNode layers() {
    JsonNode config = model.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (!layers.isArray()) {
      throw new KerasFileException(where, "a list of layers", Json.excerpt(config.toString()));
    }
    return layers;
  }

  private static LayerConfig chained(LayerConfig layer, List<LayerConfig> before) {
    List<TensorReference> inputs =
        before.isEmpty() ? List.of() : List.of(output(before.get(before.size() - 1)));
    return layer.called(List.of(inputs));
  }

  private static TensorReference output(LayerConfig layer) {
    return new TensorReference(layer.name(), 0);
  }

  /** The input layer that Keras makes up, of the first input shape that is said anywhere. */
  private LayerConfig impliedInput(LayerConfig first, JsonNode layer, boolean shaped) {
    JsonNode options = first.model().map(SequentialConfig::inputOptions).orElse(first.options());
    List<JsonNode> shapes =
        List.of(
            options.path("batch_input_shape"),
            options.path("batch_shape"),
            model.path("config").path("build_input_shape"),
            model.path("build_config").path("input_shape"),
            layer.path("build_config").path("input_shape"));
    Optional<JsonNode> shape = shapes.stream().filter(JsonNode::isArray).findFirst();
    if (shaped && shape.isEmpty()) {
      throw new KerasFileException(where, "an input shape", "none");
    }
    ObjectNode implied = JsonNodeFactory.instance.objectNode();
    shape.ifPresent(found -> implied.set("batch_shape", found));
    return new LayerConfig(first.name() + "_input", INPUT, implied, List.of(), Optional.empty());
  }

  private static JsonNode inputOptions(ModelConfig nested) {
    return nested
        .layer(nested.input().layer())
        .map(LayerConfig::options)
        .orElse(MissingNode.getInstance());
  }
}
