package backsweep.keras;

import backsweep.network.Convolution;
import backsweep.network.Dense;
import backsweep.network.DepthwiseConvolution;
import backsweep.network.Layer;
import backsweep.network.Padding;
import backsweep.network.Shape;
import backsweep.network.Window;
import java.util.ArrayList;
import java.util.List;

/** Layers that have a kernel. */
final class WeightedLayers {

  private WeightedLayers() {}

  static List<Layer> convolution(LayerOptions options, List<Shape> inputs) {
    options.channelsLast();
    int[] dilation = dilation(options);
    Convolution convolution =
        new Convolution(
            options.integer("filters"),
            Windows.read(options, "kernel_size"),
            dilation[0],
            dilation[1],
            options.has("groups") ? options.integer("groups") : 1,
            options.flag("use_bias", true));
    return ActivationLayers.fused(convolution, options);
  }

  static List<Layer> dense(LayerOptions options, List<Shape> inputs) {
    Dense dense = new Dense(options.integer("units"), options.flag("use_bias", true));
    return ActivationLayers.fused(dense, options.without("input_dim"));
  }

  static List<Layer> depthwise(LayerOptions options, List<Shape> inputs) {
    boolean bias = options.flag("use_bias", true);
    return ActivationLayers.fused(depthwise(options, bias), options);
  }

  /** Every channel apart, then all channels at each position. */
  static List<Layer> separable(LayerOptions options, List<Shape> inputs) {
    List<Layer> layers = new ArrayList<>(List.of(depthwise(options, false)));
    Convolution pointwise =
        new Convolution(
            options.integer("filters"),
            new Window(1, 1, 1, 1, Padding.VALID),
            1,
            1,
            1,
            options.flag("use_bias", true));
    layers.addAll(ActivationLayers.fused(pointwise, options));
    return layers;
  }

  private static DepthwiseConvolution depthwise(LayerOptions options, boolean bias) {
    options.channelsLast();
    if (options.has("groups") && options.integer("groups") != 1) {
      throw Refusal.of(options.where(), "groups " + options.integer("groups"), "1");
    }
    int[] dilation = dilation(options);
    Window window = Windows.read(options, "kernel_size");
    if (window.rowStride() != window.columnStride()) {
      throw Refusal.of(
          options.where(),
          "a depthwise convolution with strides %d,%d"
              .formatted(window.rowStride(), window.columnStride()),
          "the same stride in both directions, as in TensorFlow");
    }
    return new DepthwiseConvolution(
        options.has("depth_multiplier") ? options.integer("depth_multiplier") : 1,
        window,
        dilation[0],
        dilation[1],
        bias);
  }

  private static int[] dilation(LayerOptions options) {
    return options.has("dilation_rate") ? options.pair("dilation_rate") : new int[] {1, 1};
  }
}
