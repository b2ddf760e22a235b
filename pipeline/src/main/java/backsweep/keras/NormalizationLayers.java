package backsweep.keras;

import backsweep.network.BatchNormalization;
import backsweep.network.GroupNormalization;
import backsweep.network.Layer;
import backsweep.network.LayerNormalization;
import backsweep.network.Rescaling;
import backsweep.network.Shape;
import backsweep.network.Standardization;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Normalisations. */
final class NormalizationLayers {

  /** What Keras never lets a standard deviation fall below. */
  private static final float SMALLEST_DEVIATION = 1e-7f;

  private NormalizationLayers() {}

  static List<Layer> batch(LayerOptions options, List<Shape> inputs) {
    options.without("momentum", "renorm_clipping", "renorm_momentum", "synchronized", "fused");
    if (options.has("axis")) {
      Axes.checkLast(options, inputs);
    }
    return List.of(
        new BatchNormalization(
            options.number("epsilon", 1e-3f),
            options.flag("center", true),
            options.flag("scale", true)));
  }

  static List<Layer> layer(LayerOptions options, List<Shape> inputs) {
    List<Integer> axes = Axes.read(options, Layer.single(inputs), -1);
    if (!axes.stream().sorted().distinct().toList().equals(axes)) {
      throw Refusal.of(options.where(), "axes in the order " + axes, "axes in ascending order");
    }
    return List.of(
        new LayerNormalization(
            axes,
            options.number("epsilon", 1e-3f),
            options.flag("center", true),
            options.flag("scale", true)));
  }

  /** As many groups as channels are written as -1. */
  static List<Layer> group(LayerOptions options, List<Shape> inputs) {
    if (options.has("axis")) {
      Axes.checkLast(options, inputs);
    }
    int groups = options.has("groups") ? options.integer("groups") : 32;
    return List.of(
        new GroupNormalization(
            groups == -1 ? Layer.single(inputs).channels() : groups,
            options.number("epsilon", 1e-3f),
            options.flag("center", true),
            options.flag("scale", true)));
  }

  /** Mean and variance are options, or weights where they were measured by Keras. */
  static List<Layer> standardization(LayerOptions options, List<Shape> inputs) {
    boolean inverted = options.flag("invert", false);
    JsonNode axis = options.json("axis");
    boolean oneForAll = axis.isNull() || (axis.isArray() && axis.isEmpty());
    Shape input = Layer.single(inputs);
    List<Integer> axes =
        oneForAll ? List.of() : Axes.read(options, input, -1).stream().sorted().toList();
    if (options.has("mean") || options.has("variance")) {
      if (!oneForAll) {
        Axes.checkLast(options, inputs);
      }
      return constant(options.numbers("mean", 0), options.numbers("variance", 1), inverted);
    }
    return List.of(new Standardization(axes, inverted));
  }

  private static List<Layer> constant(List<Float> mean, List<Float> variance, boolean inverted) {
    List<Float> deviation = new ArrayList<>();
    for (float value : variance) {
      deviation.add(Math.max((float) Math.sqrt(value), SMALLEST_DEVIATION));
    }
    if (inverted) {
      return List.of(new Rescaling(deviation, mean));
    }
    return List.of(
        new Rescaling(List.of(1f), mean.stream().map(value -> -value).toList()),
        new Rescaling(deviation.stream().map(value -> 1 / value).toList(), List.of(0f)));
  }
}
