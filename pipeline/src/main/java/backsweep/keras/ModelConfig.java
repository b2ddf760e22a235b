package backsweep.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model's architecture as Keras writes it, with the differences between Keras versions, and
 * between functional and sequential models, removed.
 *
 * @param where the file it is from, and the layer that it is, for errors
 * @param layers the layers in file order
 * @param input the output of the input layer
 * @param output the output of the model
 * @param generation which Keras wrote it
 */
public record ModelConfig(
    String where,
    List<LayerConfig> layers,
    TensorReference input,
    TensorReference output,
    KerasGeneration generation) {

  private static final Set<String> MODELS = Set.of("Functional", "Model", "Sequential");

  /** Whether a class is one of models that are described by their layers. */
  static boolean isModel(String className) {
    return MODELS.contains(className);
  }

  /**
   * Parses what {@code model.to_json()} returns, also as stored in model files.
   *
   * @param text the JSON
   * @param where the file it is from, for errors
   * @throws KerasFileException if it is no JSON, or describes no model
   * @throws backsweep.network.UnsupportedNetworkException if it is another kind of model
   */
  public static ModelConfig parse(String text, String where) {
    JsonNode model = Json.object(text, where);
    String kind = model.path("class_name").asText("");
    return switch (kind) {
      case "Functional", "Model" -> new FunctionalConfig(model, where).read();
      case "Sequential" -> new SequentialConfig(model, where).read(true);
      case "" ->
          throw new KerasFileException(
              where, "a model's architecture with a class_name", Json.excerpt(text));
      default -> throw Refusal.of(where, "model class " + kind, "Functional, Model, Sequential");
    };
  }

  /**
   * The architecture of a model that is a layer of another one. A sequential one need not say of
   * which shape its input is.
   */
  static ModelConfig nested(JsonNode model, String where) {
    return model.path("class_name").asText().equals("Sequential")
        ? new SequentialConfig(model, where).read(false)
        : new FunctionalConfig(model, where).read();
  }

  /** The layer of a name, if there is one. */
  Optional<LayerConfig> layer(String name) {
    return layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
  }
}
