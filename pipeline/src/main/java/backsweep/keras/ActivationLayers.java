package backsweep.keras;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Layer;
import backsweep.network.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Activations: layers of their own, and those fused into another layer. */
final class ActivationLayers {

  private static final Map<String, Activation> FUNCTIONS =
      new TreeMap<>(
          Map.of(
              "linear", Activation.Plain.LINEAR,
              "relu", Activation.Relu.PLAIN,
              "relu6", new Activation.Relu(0, 0, 6),
              "leaky_relu", Activation.Relu.leaky(0.2f),
              "sigmoid", Activation.Plain.SIGMOID,
              "softmax", Activation.Plain.SOFTMAX,
              "tanh", Activation.Plain.TANH));

  private ActivationLayers() {}

  static List<Layer> activation(LayerOptions options, List<Shape> inputs) {
    return List.of(new Activate(function(options)));
  }

  static List<Layer> relu(LayerOptions options, List<Shape> inputs) {
    return List.of(
        new Activate(
            new Activation.Relu(
                options.number("negative_slope", 0),
                options.number("threshold", 0),
                options.number("max_value", Float.POSITIVE_INFINITY))));
  }

  /** The slope is {@code alpha} in Keras 2, {@code negative_slope} in Keras 3. */
  static List<Layer> leakyRelu(LayerOptions options, List<Shape> inputs) {
    float slope = options.number(options.has("alpha") ? "alpha" : "negative_slope", 0.3f);
    return List.of(new Activate(Activation.Relu.leaky(slope)));
  }

  static List<Layer> softmax(LayerOptions options, List<Shape> inputs) {
    if (options.has("axis")) {
      Axes.checkLast(options, inputs);
    }
    return List.of(new Activate(Activation.Plain.SOFTMAX));
  }

  /** A layer followed by the activation among its options. */
  static List<Layer> fused(Layer layer, LayerOptions options) {
    Activation function = function(options);
    return function == Activation.Plain.LINEAR
        ? List.of(layer)
        : List.of(layer, new Activate(function));
  }

  /**
   * The name of an activation.
   *
   * @throws IllegalArgumentException if it has none; lists those that have one
   */
  static String name(Activation function) {
    return FUNCTIONS.entrySet().stream()
        .filter(named -> named.getValue().equals(function))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of the activations %s, found %s"
                        .formatted(String.join(", ", FUNCTIONS.keySet()), function)));
  }

  private static Activation function(LayerOptions options) {
    JsonNode name = options.json("activation");
    if (name.isMissingNode() || name.isNull()) {
      return Activation.Plain.LINEAR;
    }
    Activation function = name.isTextual() ? FUNCTIONS.get(name.asText()) : null;
    if (function == null) {
      throw Refusal.of(
          options.where(),
          "activation " + Json.excerpt(name.toString()),
          String.join(", ", FUNCTIONS.keySet()));
    }
    return function;
  }
}
