package backsweep.keras;

import backsweep.network.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The options of one layer. Every option must be asked for, or be known not to matter when the
 * network is used: {@link #checkAllRead} refuses the others, so that none is ignored by mistake.
 */
final class LayerOptions {

  private static final Set<String> WITHOUT_EFFECT =
      Set.of("name", "trainable", "batch_input_shape", "batch_shape", "input_dtype", "autocast");

  private static final Set<String> INTEGERS = Set.of("uint8", "int32");

  private static final List<String> TYPES = List.of("float32", "mixed_float16", "mixed_bfloat16");

  private final JsonNode options;
  private final String where;
  private final KerasGeneration generation;
  private final Set<String> read = new HashSet<>(WITHOUT_EFFECT);

  /**
   * The options of a layer.
   *
   * @param layer the layer
   * @param place the file it is from and where it is there, for errors
   * @param generation which Keras wrote it
   */
  LayerOptions(LayerConfig layer, String place, KerasGeneration generation) {
    this.options = layer.options();
    this.where = "%s (%s)".formatted(place, layer.className());
    this.generation = generation;
  }

  /** The options of a layer that is one of this layer's options. */
  LayerOptions of(LayerConfig inner) {
    return new LayerOptions(inner, where, generation);
  }

  /** Which Keras wrote them. */
  KerasGeneration generation() {
    return generation;
  }

  /** The file and the layer, for errors. */
  String where() {
    return where;
  }

  /** Options that do not matter when the network is used. */
  LayerOptions without(String... names) {
    read.addAll(Set.of(names));
    return this;
  }

  /** Nothing of all the options matters when the network is used. */
  LayerOptions withoutAll() {
    options.fieldNames().forEachRemaining(read::add);
    return this;
  }

  /** An option, null or missing where it is. */
  JsonNode json(String name) {
    read.add(name);
    return options.path(name);
  }

  /** Whether an option is there and not null. */
  boolean has(String name) {
    return options.hasNonNull(name);
  }

  /** A whole number. */
  int integer(String name) {
    return integer(name, json(name));
  }

  private int integer(String name, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(name, "a whole number", value);
    }
    return value.asInt();
  }

  /** A height and a width, written as two numbers or as one for both. */
  int[] pair(String name) {
    JsonNode value = json(name);
    if (!value.isArray()) {
      return new int[] {integer(name, value), integer(name, value)};
    }
    if (value.size() != 2) {
      throw wrong(name, "two whole numbers", value);
    }
    return new int[] {integer(name, value.get(0)), integer(name, value.get(1))};
  }

  /** A number, which Keras 2.2 may wrap as an array; the default where it is missing or null. */
  float number(String name, float missing) {
    return number(name, json(name), missing);
  }

  private float number(String name, JsonNode value, float missing) {
    JsonNode plain = value.path("type").asText().equals("ndarray") ? value.path("value") : value;
    if (plain.isMissingNode() || plain.isNull()) {
      return missing;
    }
    if (!plain.isNumber()) {
      throw wrong(name, "a number", value);
    }
    float number = plain.floatValue();
    if (!Float.isFinite(number) && number != missing) {
      throw wrong(name, "a finite number", value);
    }
    return number;
  }

  /** Whole numbers, written as a list or as the only one; none where the option is null. */
  List<Integer> integers(String name) {
    JsonNode value = json(name);
    List<Integer> integers = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> integers.add(integer(name, element)));
    } else if (has(name)) {
      integers.add(integer(name, value));
    }
    return integers;
  }

  /**
   * Numbers, one for each channel or a single one, written as a list, as a list in lists of one, or
   * as the only one.
   */
  List<Float> numbers(String name, float missing) {
    JsonNode value = json(name);
    while (value.isArray() && value.size() == 1) {
      value = value.get(0);
    }
    if (!value.isArray()) {
      return List.of(number(name, value, missing));
    }
    List<Float> numbers = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isNumber() || !Float.isFinite(element.floatValue())) {
        throw wrong(name, "a finite number or one for each channel", json(name));
      }
      numbers.add(element.floatValue());
    }
    return numbers;
  }

  /** A yes or no; the default where it is missing or null. */
  boolean flag(String name, boolean missing) {
    JsonNode value = json(name);
    if (value.isMissingNode() || value.isNull()) {
      return missing;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value.asBoolean();
  }

  /** A word in lower case; the default where it is missing or null. */
  String word(String name, String missing) {
    JsonNode value = json(name);
    if (value.isMissingNode() || value.isNull()) {
      return missing;
    }
    if (!value.isTextual()) {
      throw wrong(name, "a word", value);
    }
    return value.asText().toLowerCase(Locale.ROOT);
  }

  /** Checks that images have their channels last. */
  LayerOptions channelsLast() {
    String format = word("data_format", "channels_last");
    if (!format.equals("channels_last")) {
      throw Refusal.of(where, "data_format " + Json.excerpt(format), "channels_last");
    }
    return this;
  }

  /**
   * Checks that the layer's weights are float32; written as a word or as a policy. A mixed policy
   * keeps such weights and rounds activations to 16 bits to be fast; here they are not rounded.
   */
  void checkType() {
    if (has("dtype") && !TYPES.contains(type())) {
      String found = Json.excerpt(json("dtype").toString());
      throw Refusal.of(where, "dtype " + found, String.join(", ", TYPES));
    }
  }

  /** Whether values are integers of a type that images have. */
  boolean isOfIntegers() {
    return INTEGERS.contains(type());
  }

  /** The name of the type, written as a word or as a policy; empty where there is none. */
  String type() {
    JsonNode type = json("dtype");
    return (type.isObject() ? type.path("config").path("name") : type).asText("");
  }

  /**
   * Checks that the input of a model that is a layer has as many axes as what it is called with.
   */
  void checkRank(Shape found) {
    JsonNode shape = json(has("batch_shape") ? "batch_shape" : "batch_input_shape");
    if (shape.isArray() && shape.size() != found.rank() + 1) {
      throw Refusal.of(
          where, "an input of shape %s called with %s".formatted(shape, found), "as many axes");
    }
  }

  /**
   * Checks that no option was left unread that could change what the layer computes.
   *
   * @throws backsweep.network.UnsupportedNetworkException if there is one that is neither null nor
   *     false
   */
  void checkAllRead() {
    Iterator<Map.Entry<String, JsonNode>> fields = options.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> option = fields.next();
      JsonNode value = option.getValue();
      boolean off = value.isNull() || (value.isBoolean() && !value.asBoolean());
      if (!off && !read.contains(option.getKey()) && !concernsTraining(option.getKey())) {
        throw Refusal.of(
            where,
            Json.excerpt("the option %s = %s".formatted(option.getKey(), value)),
            String.join(", ", read.stream().sorted().toList()));
      }
    }
  }

  private static boolean concernsTraining(String option) {
    return option.endsWith("_initializer")
        || option.endsWith("_regularizer")
        || option.endsWith("_constraint");
  }

  /** The exception for an option that is not what it should be. */
  KerasFileException wrong(String name, String expected, JsonNode found) {
    return new KerasFileException(
        where,
        expected + " as " + name,
        Json.excerpt(found.isMissingNode() ? "none" : found.toString()));
  }
}
