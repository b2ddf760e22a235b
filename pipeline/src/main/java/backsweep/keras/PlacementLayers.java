package backsweep.keras;

import backsweep.network.Cropping;
import backsweep.network.Flatten;
import backsweep.network.Layer;
import backsweep.network.Margins;
import backsweep.network.Permutation;
import backsweep.network.Reshape;
import backsweep.network.Shape;
import backsweep.network.Upsampling;
import backsweep.network.ZeroPadding;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Layers that put values to other places. */
final class PlacementLayers {

  private PlacementLayers() {}

  static List<Layer> flatten(LayerOptions options, List<Shape> inputs) {
    options.channelsLast();
    return List.of(new Flatten());
  }

  /** One of the dimensions may be -1: what is left for it. */
  static List<Layer> reshape(LayerOptions options, List<Shape> inputs) {
    List<Integer> target = new ArrayList<>(options.integers("target_shape"));
    int open = target.indexOf(-1);
    if (open >= 0) {
      long known = 1;
      for (int axis = 0; axis < target.size(); axis++) {
        known = axis == open ? known : Math.multiplyExact(known, (long) target.get(axis));
      }
      long size = Layer.single(inputs).size();
      if (known < 1 || size % known != 0) {
        throw new IllegalArgumentException(
            "an input of shape %s cannot have shape %s".formatted(inputs.get(0), target));
      }
      target.set(open, Math.toIntExact(size / known));
    }
    return List.of(new Reshape(new Shape(target)));
  }

  /** Keras counts the axes from 1. */
  static List<Layer> permute(LayerOptions options, List<Shape> inputs) {
    return List.of(
        new Permutation(options.integers("dims").stream().map(axis -> axis - 1).toList()));
  }

  static List<Layer> zeroPadding(LayerOptions options, List<Shape> inputs) {
    return List.of(new ZeroPadding(margins(options.channelsLast(), "padding")));
  }

  static List<Layer> cropping(LayerOptions options, List<Shape> inputs) {
    return List.of(new Cropping(margins(options.channelsLast(), "cropping")));
  }

  /** Written as two pairs, as a number of rows and one of columns, or as one for all. */
  private static Margins margins(LayerOptions options, String name) {
    JsonNode value = options.json(name);
    if (value.size() == 2 && value.get(0).size() == 2 && value.get(1).size() == 2) {
      int[] all = new int[4];
      for (int i = 0; i < all.length; i++) {
        JsonNode margin = value.get(i / 2).get(i % 2);
        if (!margin.isIntegralNumber() || !margin.canConvertToInt()) {
          throw options.wrong(name, "two pairs of whole numbers", value);
        }
        all[i] = margin.asInt();
      }
      return new Margins(all[0], all[1], all[2], all[3]);
    }
    int[] pair = options.pair(name);
    return new Margins(pair[0], pair[0], pair[1], pair[1]);
  }

  static List<Layer> upsampling(LayerOptions options, List<Shape> inputs) {
    int[] factors = options.channelsLast().pair("size");
    String interpolation = options.word("interpolation", "nearest");
    if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
      throw Refusal.of(
          options.where(), "interpolation " + Json.excerpt(interpolation), "nearest, bilinear");
    }
    return List.of(new Upsampling(factors[0], factors[1], interpolation.equals("bilinear")));
  }
}
