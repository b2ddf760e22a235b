package backsweep.keras;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Layer;
import backsweep.network.Permutation;
import backsweep.network.Prelu;
import backsweep.network.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Activations: layers of their own, and those fused into another layer. */
public final class ActivationLayers {

  private static final String HARD_SIGMOID = "hard_sigmoid";

  /** By name; of two names for one function, the first one is written. */
  private static final TreeMap<String, Activation> FUNCTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("elu", new Activation.Elu(1)),
              Map.entry("exponential", Activation.Plain.EXPONENTIAL),
              Map.entry("gelu", Activation.Plain.GELU),
              Map.entry("hard_silu", Activation.Plain.HARD_SILU),
              Map.entry("hard_swish", Activation.Plain.HARD_SILU),
              Map.entry("leaky_relu", Activation.Relu.leaky(0.2f)),
              Map.entry("linear", Activation.Plain.LINEAR),
              Map.entry("log_sigmoid", Activation.Plain.LOG_SIGMOID),
              Map.entry("mish", Activation.Plain.MISH),
              Map.entry("relu", Activation.Relu.PLAIN),
              Map.entry("relu6", new Activation.Relu(0, 0, 6)),
              Map.entry("selu", Activation.Plain.SELU),
              Map.entry("sigmoid", Activation.Plain.SIGMOID),
              Map.entry("silu", Activation.Plain.SILU),
              Map.entry("softmax", Activation.Plain.SOFTMAX),
              Map.entry("softplus", Activation.Plain.SOFTPLUS),
              Map.entry("softsign", Activation.Plain.SOFTSIGN),
              Map.entry("swish", Activation.Plain.SILU),
              Map.entry("tanh", Activation.Plain.TANH)));

  /** Layers that may be the activation of another layer. */
  private static final TreeMap<String, LayerCatalog.Reader> LAYERS =
      new TreeMap<>(
          Map.of(
              "ELU", ActivationLayers::elu,
              "LeakyReLU", ActivationLayers::leakyRelu,
              "ReLU", ActivationLayers::relu));

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

  static List<Layer> elu(LayerOptions options, List<Shape> inputs) {
    return List.of(new Activate(new Activation.Elu(options.number("alpha", 1))));
  }

  /** Keras counts the shared axes from 1. */
  static List<Layer> prelu(LayerOptions options, List<Shape> inputs) {
    return List.of(
        new Prelu(options.integers("shared_axes").stream().map(axis -> axis - 1).toList()));
  }

  /** Along another axis than the last one: that axis is made the last one for it. */
  static List<Layer> softmax(LayerOptions options, List<Shape> inputs) {
    Activate softmax = new Activate(Activation.Plain.SOFTMAX);
    Shape input = Layer.single(inputs);
    List<Integer> axes = Axes.read(options, input, -1);
    int last = input.rank() - 1;
    if (axes.size() != 1) {
      throw Refusal.of(options.where(), "softmax over the axes " + axes, "one axis");
    }
    if (axes.get(0) == last) {
      return List.of(softmax);
    }
    List<Integer> swapped = new ArrayList<>(IntStream.rangeClosed(0, last).boxed().toList());
    Collections.swap(swapped, axes.get(0), last);
    return List.of(new Permutation(swapped), softmax, new Permutation(swapped));
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
  public static String name(Activation function) {
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

  /** The names of all activations, in alphabetical order. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(FUNCTIONS.keySet());
    names.add(HARD_SIGMOID);
    return names;
  }

  private static Activation function(LayerOptions options) {
    JsonNode name = options.json("activation");
    if (name.isMissingNode() || name.isNull()) {
      return Activation.Plain.LINEAR;
    }
    if (name.asText().equals(HARD_SIGMOID)) {
      return hardSigmoid(options);
    }
    if (LAYERS.containsKey(name.path("class_name").asText())) {
      return ofLayer(name, options);
    }
    Activation function = name.isTextual() ? FUNCTIONS.get(name.asText()) : null;
    if (function == null) {
      throw Refusal.of(
          options.where(),
          "activation " + Json.excerpt(name.toString()),
          String.join(", ", names()));
    }
    return function;
  }

  /** Keras 3 gave it another slope. */
  private static Activation hardSigmoid(LayerOptions options) {
    return switch (options.generation()) {
      case BEFORE_3 -> Activation.Plain.STEEP_HARD_SIGMOID;
      case SINCE_3 -> Activation.Plain.HARD_SIGMOID;
      case UNKNOWN ->
          throw Refusal.of(
              options.where(), "hard_sigmoid of an unknown Keras", "that of a known keras_version");
    };
  }

  /** An activation that is written as a layer, such as a LeakyReLU with its slope. */
  private static Activation ofLayer(JsonNode json, LayerOptions options) {
    LayerConfig layer = LayerConfig.of(json, List.of(), options.where());
    LayerCatalog.Reader reader = LAYERS.get(layer.className());
    if (reader == null) {
      throw Refusal.of(
          options.where(), "activation " + layer.className(), String.join(", ", LAYERS.keySet()));
    }
    LayerOptions own = options.of(layer);
    own.checkType();
    Activate activate = (Activate) reader.read(own, List.of()).get(0);
    own.checkAllRead();
    return activate.function();
  }
}
