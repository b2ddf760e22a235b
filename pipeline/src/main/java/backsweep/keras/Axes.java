package backsweep.keras;

import backsweep.network.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Axes among a layer's options; Keras counts the image axis, shapes here do not. */
final class Axes {

  private Axes() {}

  /**
   * The option {@code axis}, a number or a list, as axes from 0 without the image axis.
   *
   * @param input the shape the layer is called with
   * @param missing the axis where the option is missing, as Keras counts
   * @throws backsweep.network.UnsupportedNetworkException if the image axis is among them
   */
  static List<Integer> read(LayerOptions options, Shape input, int missing) {
    List<Integer> axes = options.has("axis") ? options.integers("axis") : List.of(missing);
    return axes.stream().map(axis -> read(axis, options, input)).toList();
  }

  private static int read(int axis, LayerOptions options, Shape input) {
    int counted = axis < 0 ? axis + input.rank() : axis - 1;
    if (counted < 0 || counted >= input.rank()) {
      throw Refusal.of(
          options.where(), "axis " + axis, "axes of an image, -1 to -%d".formatted(input.rank()));
    }
    return counted;
  }

  /**
   * Checks that the option {@code axis}, a number or a list of one, is the last axis.
   *
   * @param inputs the shapes the layer is called with
   * @throws backsweep.network.UnsupportedNetworkException if it is another one
   */
  static void checkLast(LayerOptions options, List<Shape> inputs) {
    JsonNode value = options.json("axis");
    JsonNode axis = value.isArray() && value.size() == 1 ? value.get(0) : value;
    int last = inputs.isEmpty() ? -1 : inputs.get(0).rank();
    if (!axis.isIntegralNumber() || (axis.asInt() != -1 && axis.asInt() != last)) {
      throw Refusal.of(options.where(), "axis " + Json.excerpt(value.toString()), "the last, -1");
    }
  }
}
