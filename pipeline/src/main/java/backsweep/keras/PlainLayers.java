package backsweep.keras;

import backsweep.network.Identity;
import backsweep.network.Input;
import backsweep.network.Layer;
import backsweep.network.Rescaling;
import backsweep.network.Shape;
import backsweep.network.Truncation;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Layers with no weights and few options. */
final class PlainLayers {

  private PlainLayers() {}

  /**
   * The shape is {@code batch_input_shape} in Keras 2, {@code batch_shape} in Keras 3. Images are
   * floats; both convert them to the type of the input.
   */
  static List<Layer> input(LayerOptions options, List<Shape> inputs) {
    String option = options.has("batch_shape") ? "batch_shape" : "batch_input_shape";
    JsonNode shape = options.json(option);
    List<Integer> dimensions = new ArrayList<>();
    for (int axis = 1; axis < shape.size(); axis++) {
      if (shape.get(axis).isNull()) {
        throw Refusal.of(options.where(), "an input of shape " + shape, "inputs of a fixed shape");
      }
      if (!shape.get(axis).canConvertToInt()) {
        throw options.wrong(option, "whole numbers", shape);
      }
      dimensions.add(shape.get(axis).asInt());
    }
    if (dimensions.isEmpty()) {
      throw options.wrong(option, "a shape", shape);
    }
    Input input = new Input(new Shape(dimensions));
    return options.isOfIntegers() ? List.of(input, new Truncation()) : List.of(input);
  }

  static List<Layer> rescaling(LayerOptions options, List<Shape> inputs) {
    return List.of(new Rescaling(options.numbers("scale", 1), options.numbers("offset", 0)));
  }

  /** Of a layer that acts in training only. */
  static List<Layer> nothing(LayerOptions options, List<Shape> inputs) {
    options.withoutAll();
    return List.of(new Identity());
  }
}
