package backsweep.writing;

import backsweep.keras.ActivationLayers;
import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.BatchNormalization;
import backsweep.network.Convolution;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.GlobalPooling;
import backsweep.network.Identity;
import backsweep.network.Input;
import backsweep.network.Layer;
import backsweep.network.Merge;
import backsweep.network.Pooling;
import backsweep.network.Reduction;
import backsweep.network.Rescaling;
import backsweep.network.Window;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How the layers of networks that are trained here are written, and some more: what {@link
 * backsweep.keras.LayerCatalog} reads as that layer.
 */
final class WrittenLayers {

  private static final Map<Class<? extends Layer>, Function<Layer, WrittenLayer>> BY_KIND =
      new HashMap<>();

  static {
    put(Input.class, WrittenLayers::input);
    put(Convolution.class, WrittenLayers::convolution);
    put(Dense.class, WrittenLayers::dense);
    put(Pooling.class, WrittenLayers::pooling);
    put(GlobalPooling.class, WrittenLayers::globalPooling);
    put(BatchNormalization.class, WrittenLayers::batchNormalization);
    put(Activate.class, layer -> activation(layer.function()));
    put(Rescaling.class, WrittenLayers::rescaling);
    put(Merge.class, WrittenLayers::merge);
    put(Flatten.class, layer -> WrittenLayer.of("Flatten").channelsLast());
    put(Identity.class, layer -> WrittenLayer.of("Dropout").with("rate", 0f));
  }

  private WrittenLayers() {}

  private static <L extends Layer> void put(Class<L> kind, Function<L, WrittenLayer> writer) {
    BY_KIND.put(kind, layer -> writer.apply(kind.cast(layer)));
  }

  /** The kinds of layers that can be written. */
  static Set<Class<? extends Layer>> kinds() {
    return BY_KIND.keySet();
  }

  /**
   * A layer as Keras describes it, without its name.
   *
   * @throws IllegalArgumentException if Keras has no such layer, or it is not written, with what is
   */
  static WrittenLayer of(LayerCall call) {
    Function<Layer, WrittenLayer> writer = BY_KIND.get(call.layer().getClass());
    if (writer == null) {
      throw new IllegalArgumentException(
          "expected one of the layers %s, which are written, found %s"
              .formatted(
                  BY_KIND.keySet().stream().map(Class::getSimpleName).sorted().toList(),
                  call.layer()));
    }
    WrittenLayer layer = writer.apply(call.layer());
    call.fused().ifPresent(function -> fuse(layer, function));
    return layer;
  }

  private static void fuse(WrittenLayer layer, Activation function) {
    if (!layer.className().equals("Conv2D") && !layer.className().equals("Dense")) {
      throw new IllegalArgumentException(
          "expected a fused activation in Conv2D or Dense only, found one in " + layer.className());
    }
    if (function == Activation.Plain.LINEAR) {
      throw new IllegalArgumentException("expected no fused activation instead of a linear one");
    }
    layer.with("activation", ActivationLayers.name(function));
  }

  /** The batch axis is of any size. */
  private static WrittenLayer input(Input layer) {
    WrittenLayer written = WrittenLayer.of("InputLayer");
    ArrayNode shape = written.options().putArray("batch_input_shape").addNull();
    layer.shape().dimensions().forEach(shape::add);
    return written.with("sparse", false).with("ragged", false);
  }

  private static WrittenLayer convolution(Convolution layer) {
    WrittenLayer written =
        windowed(
                WrittenLayer.of("Conv2D").with("filters", layer.filters()),
                "kernel_size",
                layer.window())
            .pair("dilation_rate", layer.rowDilation(), layer.columnDilation())
            .with("activation", "linear")
            .with("use_bias", layer.bias());
    return layer.groups() == 1 ? written : written.with("groups", layer.groups());
  }

  private static WrittenLayer dense(Dense layer) {
    return WrittenLayer.of("Dense")
        .with("units", layer.units())
        .with("activation", "linear")
        .with("use_bias", layer.bias());
  }

  private static WrittenLayer pooling(Pooling layer) {
    String kind = layer.reduction() == Reduction.MAXIMUM ? "MaxPooling2D" : "AveragePooling2D";
    return windowed(WrittenLayer.of(kind), "pool_size", layer.window());
  }

  private static WrittenLayer windowed(WrittenLayer layer, String size, Window window) {
    return layer
        .pair(size, window.height(), window.width())
        .pair("strides", window.rowStride(), window.columnStride())
        .with("padding", window.padding().name().toLowerCase(Locale.ROOT))
        .channelsLast();
  }

  private static WrittenLayer globalPooling(GlobalPooling layer) {
    boolean maximum = layer.reduction() == Reduction.MAXIMUM;
    WrittenLayer written =
        WrittenLayer.of(maximum ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D").channelsLast();
    return layer.keepDimensions() ? written.with("keepdims", true) : written;
  }

  private static WrittenLayer batchNormalization(BatchNormalization layer) {
    return WrittenLayer.of("BatchNormalization")
        .with("axis", -1)
        .with("epsilon", layer.epsilon())
        .with("center", layer.center())
        .with("scale", layer.scale());
  }

  private static WrittenLayer rescaling(Rescaling layer) {
    if (layer.scales().size() != 1 || layer.offsets().size() != 1) {
      throw new IllegalArgumentException(
          "expected a rescaling that is the same for all channels, found " + layer);
    }
    return WrittenLayer.of("Rescaling")
        .with("scale", layer.scales().get(0))
        .with("offset", layer.offsets().get(0));
  }

  private static WrittenLayer merge(Merge layer) {
    return WrittenLayer.of(
        switch (layer.operation()) {
          case ADD -> "Add";
          case SUBTRACT -> "Subtract";
          case MULTIPLY -> "Multiply";
          case AVERAGE -> "Average";
          case MAXIMUM -> "Maximum";
          case MINIMUM -> "Minimum";
        });
  }

  private static WrittenLayer activation(Activation function) {
    if (function instanceof Activation.Relu relu && !relu.equals(Activation.Relu.PLAIN)) {
      return relu(relu);
    }
    if (function instanceof Activation.Elu elu) {
      return WrittenLayer.of("ELU").with("alpha", elu.alpha());
    }
    return WrittenLayer.of("Activation").with("activation", ActivationLayers.name(function));
  }

  /** Of a class that has the same options in all versions of Keras, as LeakyReLU has not. */
  private static WrittenLayer relu(Activation.Relu relu) {
    if (Math.min(relu.negativeSlope(), Math.min(relu.threshold(), relu.maxValue())) < 0) {
      throw new IllegalArgumentException(
          "expected a rectifier whose options are not negative, found " + relu);
    }
    WrittenLayer written =
        WrittenLayer.of("ReLU")
            .with("negative_slope", relu.negativeSlope())
            .with("threshold", relu.threshold());
    return relu.maxValue() == Float.POSITIVE_INFINITY
        ? written
        : written.with("max_value", relu.maxValue());
  }
}
