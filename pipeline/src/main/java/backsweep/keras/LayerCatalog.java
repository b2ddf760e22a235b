package backsweep.keras;

import backsweep.network.Layer;
import backsweep.network.Merge;
import backsweep.network.Reduction;
import backsweep.network.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The Keras layers that are supported, by class name. */
public final class LayerCatalog {

  /** Reads the options of one kind of layer. */
  @FunctionalInterface
  interface Reader {

    /**
     * What a layer computes: itself, then its fused activation if it has one.
     *
     * @param options its options
     * @param inputs the shapes it is called with
     */
    List<Layer> read(LayerOptions options, List<Shape> inputs);
  }

  /** Layers that augment images, and only in training. */
  private static final List<String> AUGMENTATIONS =
      List.of(
          "RandomBrightness",
          "RandomColorJitter",
          "RandomContrast",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomZoom");

  /** Other layers that do nothing outside of training. */
  private static final List<String> REGULARIZERS =
      List.of(
          "ActivityRegularization",
          "AlphaDropout",
          "Dropout",
          "GaussianDropout",
          "GaussianNoise",
          "Identity",
          "SpatialDropout1D",
          "SpatialDropout2D");

  private static final TreeMap<String, Reader> READERS = new TreeMap<>();

  static {
    READERS.put("Activation", ActivationLayers::activation);
    READERS.put("Add", MergeLayers.of(Merge.Operation.ADD));
    READERS.put("Average", MergeLayers.of(Merge.Operation.AVERAGE));
    READERS.put("AveragePooling2D", PoolingLayers::average);
    READERS.put("BatchNormalization", NormalizationLayers::batch);
    READERS.put("Concatenate", MergeLayers::concatenate);
    READERS.put("Conv2D", WeightedLayers::convolution);
    READERS.put("Cropping2D", PlacementLayers::cropping);
    READERS.put("Dense", WeightedLayers::dense);
    READERS.put("DepthwiseConv2D", WeightedLayers::depthwise);
    READERS.put("ELU", ActivationLayers::elu);
    READERS.put("Flatten", PlacementLayers::flatten);
    READERS.put("GlobalAveragePooling1D", PoolingLayers.global(Reduction.AVERAGE, 2));
    READERS.put("GlobalAveragePooling2D", PoolingLayers.global(Reduction.AVERAGE, 3));
    READERS.put("GlobalMaxPooling1D", PoolingLayers.global(Reduction.MAXIMUM, 2));
    READERS.put("GlobalMaxPooling2D", PoolingLayers.global(Reduction.MAXIMUM, 3));
    READERS.put("GroupNormalization", NormalizationLayers::group);
    READERS.put("InputLayer", PlainLayers::input);
    READERS.put("LayerNormalization", NormalizationLayers::layer);
    READERS.put("LeakyReLU", ActivationLayers::leakyRelu);
    READERS.put("MaxPooling2D", PoolingLayers::maximum);
    READERS.put("Maximum", MergeLayers.of(Merge.Operation.MAXIMUM));
    READERS.put("Minimum", MergeLayers.of(Merge.Operation.MINIMUM));
    READERS.put("Multiply", MergeLayers.of(Merge.Operation.MULTIPLY));
    READERS.put("Normalization", NormalizationLayers::standardization);
    READERS.put("PReLU", ActivationLayers::prelu);
    READERS.put("Permute", PlacementLayers::permute);
    READERS.put("ReLU", ActivationLayers::relu);
    READERS.put("Rescaling", PlainLayers::rescaling);
    READERS.put("Reshape", PlacementLayers::reshape);
    READERS.put("SeparableConv2D", WeightedLayers::separable);
    READERS.put("Softmax", ActivationLayers::softmax);
    READERS.put("Subtract", MergeLayers.of(Merge.Operation.SUBTRACT));
    READERS.put("UpSampling2D", PlacementLayers::upsampling);
    READERS.put("ZeroPadding2D", PlacementLayers::zeroPadding);
    REGULARIZERS.forEach(name -> READERS.put(name, PlainLayers::nothing));
    AUGMENTATIONS.forEach(name -> READERS.put(name, PlainLayers::nothing));
  }

  private LayerCatalog() {}

  /** The classes of layers that are supported, in alphabetical order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(READERS.keySet());
  }

  /** Whether a class of layers augments images in training, and does nothing else. */
  public static boolean isForTraining(String className) {
    return AUGMENTATIONS.contains(className);
  }

  /**
   * Checks that a layer's class is supported, before anything else of it is looked at.
   *
   * @throws backsweep.network.UnsupportedNetworkException if it is not
   */
  static void checkSupported(LayerConfig layer, String where) {
    if (!READERS.containsKey(layer.className())) {
      String what = "the layer class %s of layer %s".formatted(layer.className(), layer.name());
      throw Refusal.of(where, Json.excerpt(what), String.join(", ", READERS.keySet()));
    }
  }

  /**
   * What a layer computes: itself, then its fused activation if it has one.
   *
   * @param layer the layer, of a supported class
   * @param inputs the shapes it is called with
   * @param options its options
   */
  static List<Layer> read(LayerConfig layer, List<Shape> inputs, LayerOptions options) {
    options.checkType();
    List<Layer> layers = READERS.get(layer.className()).read(options, inputs);
    options.checkAllRead();
    return layers;
  }
}
