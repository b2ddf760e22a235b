package backsweep.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One layer of a model's architecture.
 *
 * @param name its name
 * @param className its class as it was registered: a class of Keras has no package before it
 * @param options its configuration
 * @param calls for each call of the layer, the tensors it is called with
 * @param model the architecture of a layer that is a model itself
 */
public record LayerConfig(
    String name,
    String className,
    JsonNode options,
    List<List<TensorReference>> calls,
    Optional<ModelConfig> model) {

  /**
   * One layer of a list of layers.
   *
   * @param layer the layer's JSON
   * @param calls for each call of the layer, the tensors it is called with
   * @param where the file it is from, for errors
   */
  static LayerConfig of(JsonNode layer, List<List<TensorReference>> calls, String where) {
    JsonNode options = layer.path("config");
    String name = options.path("name").asText(layer.path("name").asText(""));
    boolean isModel = ModelConfig.isModel(className(layer));
    boolean described = options.isObject() || (isModel && options.isArray());
    if (!layer.path("class_name").isTextual() || !described || name.isEmpty()) {
      throw new KerasFileException(
          where, "a layer with class_name, name and config", Json.excerpt(layer.toString()));
    }
    if (!name.equals(Json.excerpt(name))) {
      throw new KerasFileException(
          where, "layer names of at most 80 printable characters", Json.excerpt(name));
    }
    Optional<ModelConfig> model =
        isModel
            ? Optional.of(ModelConfig.nested(layer, where + ", layer " + name))
            : Optional.empty();
    return new LayerConfig(name, className(layer), options, calls, model);
  }

  /** The same layer, called otherwise. */
  LayerConfig called(List<List<TensorReference>> otherCalls) {
    return new LayerConfig(name, className, options, otherCalls, model);
  }

  /** Whether its weights are trained, all but those that never are. */
  public boolean isTrainable() {
    return options.path("trainable").asBoolean(true);
  }

  /** The class, with its package or module where it is not one of Keras' own. */
  private static String className(JsonNode layer) {
    String name = layer.path("class_name").asText();
    String registered = layer.path("registered_name").asText("");
    String module = layer.path("module").asText("keras");
    if (layer.hasNonNull("registered_name") && registered.contains(">")) {
      return registered;
    }
    return module.matches("(tf_)?keras(\\..*)?") ? name : module + "." + name;
  }
}
