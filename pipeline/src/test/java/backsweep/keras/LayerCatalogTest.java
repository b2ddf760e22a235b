package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Graph;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Layer;
import backsweep.network.Node;
import backsweep.network.UnsupportedNetworkException;
import backsweep.testing.SmallModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of every supported layer, and those that are refused. */
class LayerCatalogTest {

  private static final String BUILT = "\"config\": {\"build_input_shape\": [null, 3], \"layers\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LeakyReLU | , \"alpha\": 0.25 | 0.25 | 0 | Infinity",
        "LeakyReLU | , \"alpha\": {\"type\": \"ndarray\", \"value\": 0.25} | 0.25 | 0 | Infinity",
        "LeakyReLU | , \"negative_slope\": 0.25 | 0.25 | 0 | Infinity",
        "LeakyReLU | '' | 0.3 | 0 | Infinity",
        "ReLU | , \"max_value\": null | 0 | 0 | Infinity",
        "ReLU | , \"max_value\": 6.0, \"threshold\": 0.5, \"negative_slope\": 0.1 | 0.1 | 0.5 | 6",
        "Activation | , \"activation\": \"relu\" | 0 | 0 | Infinity",
        "Activation | , \"activation\": \"relu6\" | 0 | 0 | 6",
        "Activation | , \"activation\": \"leaky_relu\" | 0.2 | 0 | Infinity"
      })
  void readsRectifiers(String kind, String options, float slope, float threshold, float maximum) {
    assertThat(KerasJson.single(kind, options).node(1).layer())
        .isEqualTo(new Activate(new Activation.Relu(slope, threshold, maximum)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "elu | elu",
        "gelu | GELU",
        "swish | SILU",
        "hard_sigmoid | STEEP_HARD_SIGMOID",
        "exponential | EXPONENTIAL"
      })
  void readsActivationsAsKeras2MeansThem(String name, String function) {
    Layer layer =
        KerasJson.single("Activation", ", \"activation\": \"%s\"".formatted(name)).node(1).layer();
    Activation expected =
        name.equals(function) ? new Activation.Elu(1) : Activation.Plain.valueOf(function);

    assertThat(layer).isEqualTo(new Activate(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "2.4.0, STEEP_HARD_SIGMOID",
    "2.2.4-tf, STEEP_HARD_SIGMOID",
    "3.0.5, HARD_SIGMOID",
    "10.1, HARD_SIGMOID"
  })
  void takesTheHardSigmoidOfTheVersionThatWroteIt(String version, Activation.Plain function) {
    Graph graph = SmallModels.graph(hardSigmoid(", \"keras_version\": \"" + version + "\""));

    assertThat(graph.node(1).layer()).isEqualTo(new Activate(function));
  }

  @Test
  void takesTheHardSigmoidByTheFormWhereNoVersionIsWritten() {
    assertThat(
            SmallModels.graph(hardSigmoid("").replace("batch_shape", "batch_input_shape")).node(1))
        .extracting(Node::layer)
        .isEqualTo(new Activate(Activation.Plain.STEEP_HARD_SIGMOID));
    assertThat(SmallModels.graph(hardSigmoid("")).node(1))
        .extracting(Node::layer)
        .isEqualTo(new Activate(Activation.Plain.HARD_SIGMOID));
    assertThatThrownBy(
            () ->
                SmallModels.graph(
                    hardSigmoid("")
                        .replace("\"batch_shape\": [null, 3]", "\"x\": null")
                        .replace("\"config\": {\"layers\"", BUILT)))
        .hasMessageContaining("hard_sigmoid of an unknown Keras is not supported");
  }

  private static String hardSigmoid(String version) {
    return """
        {"class_name": "Sequential" %s, "config": {"layers": [
          {"class_name": "Activation",
           "config": {"name": "it", "batch_shape": [null, 3], "activation": "hard_sigmoid"}}]}}
        """
        .formatted(version);
  }

  @Test
  void readsAnActivationThatIsALayer() {
    String leaky =
        ", \"units\": 2, \"activation\": {\"module\": \"keras.layers\", \"class_name\": \"LeakyReLU\","
            + " \"config\": {\"name\": \"leaky\", \"negative_slope\": 0.25}}";

    assertThat(KerasJson.single("Dense", leaky).node(2).layer())
        .isEqualTo(new Activate(Activation.Relu.leaky(0.25f)));
  }

  @ParameterizedTest
  @CsvSource({"'', '(2)'", "', \"keepdims\": false', '(2)'", "', \"keepdims\": true', '(1, 1, 2)'"})
  void readsGlobalPooling(String options, String shape) {
    for (String kind : new String[] {"GlobalMaxPooling2D", "GlobalAveragePooling2D"}) {
      assertThat(KerasJson.single(kind, options).outputShape()).hasToString(shape);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MaxPooling2D | , \"pool_size\": [3, 2] | (2, 3, 2)",
        "AveragePooling2D | , \"pool_size\": 2, \"strides\": [1, 4] | (5, 2, 2)",
        "MaxPooling2D | , \"pool_size\": 4, \"padding\": \"same\" | (2, 2, 2)",
        "Conv2D | , \"filters\": 4, \"kernel_size\": 3, \"dilation_rate\": [2, 1] | (2, 4, 4)",
        "Conv2D | , \"filters\": 4, \"kernel_size\": 3, \"groups\": 2, \"strides\": 3 | (2, 2, 4)",
        "BatchNormalization | , \"axis\": [3], \"momentum\": 0.9 | (6, 6, 2)",
        "Dropout | , \"rate\": 0.5, \"noise_shape\": null, \"seed\": 3 | (6, 6, 2)",
        "Softmax | , \"axis\": 3 | (6, 6, 2)",
        "Rescaling | , \"scale\": 0.5, \"offset\": -1 | (6, 6, 2)",
        "Rescaling | , \"scale\": [[[0.5, 2]]], \"offset\": [0, 1] | (6, 6, 2)",
        "Softmax | , \"axis\": 1 | (6, 6, 2)",
        "DepthwiseConv2D | , \"kernel_size\": [3, 3], \"depth_multiplier\": 2, \"groups\": 1"
            + " | (4, 4, 4)",
        "SeparableConv2D | , \"filters\": 5, \"kernel_size\": 3, \"strides\": 2 | (2, 2, 5)",
        "Reshape | , \"target_shape\": [-1, 9] | (8, 9)",
        "Reshape | , \"target_shape\": [72] | (72)",
        "Permute | , \"dims\": [3, 1, 2] | (2, 6, 6)",
        "ZeroPadding2D | , \"padding\": [[1, 0], [2, 1]] | (7, 9, 2)",
        "ZeroPadding2D | , \"padding\": [2, 1] | (10, 8, 2)",
        "Cropping2D | , \"cropping\": 1 | (4, 4, 2)",
        "UpSampling2D | , \"size\": [2, 3], \"interpolation\": \"bilinear\" | (12, 18, 2)",
        "LayerNormalization | , \"axis\": [3], \"epsilon\": 0.1 | (6, 6, 2)",
        "GroupNormalization | , \"groups\": -1, \"axis\": -1 | (6, 6, 2)",
        "Normalization | , \"axis\": [3], \"mean\": null, \"variance\": null | (6, 6, 2)",
        "Normalization | , \"axis\": null, \"mean\": 0.5, \"variance\": 2 | (6, 6, 2)",
        "PReLU | , \"shared_axes\": [1, 2] | (6, 6, 2)",
        "ELU | , \"alpha\": 0.5 | (6, 6, 2)",
        "RandomFlip | , \"mode\": \"horizontal\", \"seed\": 3 | (6, 6, 2)",
        "GaussianNoise | , \"stddev\": 0.5 | (6, 6, 2)"
      })
  void readsOptions(String kind, String options, String shape) {
    assertThat(KerasJson.single(kind, options).outputShape()).hasToString(shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Lambda | '' | layer class Lambda of layer it is not supported; supported: Activation, Acti",
        "my>Conv2D | '' | layer class my>Conv2D of layer it",
        "Flatten | , \"data_format\": \"channels_first\" | data_format channels_first",
        "Flatten | , \"dtype\": \"float16\" | dtype \"float16\"",
        "Flatten | , \"dtype\": {\"config\": {\"name\": \"float64\"}} | float64",
        "Flatten | , \"dtype\": {\"class_name\": \"DTypePolicyMap\"} | dtype {\"class_name\"",
        "Conv2D | , \"data_format\": \"channels_first\" | data_format channels_first",
        "Flatten | , \"order\": [2, 1] | the option order = [2,1]",
        "Dense | , \"units\": 2, \"lora_rank\": 4 | the option lora_rank = 4",
        "Activation | , \"activation\": \"cubic\" | activation \"cubic\" is not supported",
        "Activation | , \"activation\": {\"class_name\": \"f\"} | activation {\"class_name\":\"f\"}",
        "Softmax | , \"axis\": 0 | axis 0 is not supported; supported: axes of an image, -1 to -3",
        "Softmax | , \"axis\": [1, 2] | softmax over the axes [0, 1] is not supported",
        "BatchNormalization | , \"axis\": 1 | axis 1",
        "BatchNormalization | , \"renorm\": true | the option renorm = true",
        "MaxPooling2D | , \"pool_size\": 2, \"padding\": \"causal\" | padding causal",
        "DepthwiseConv2D | , \"kernel_size\": 3, \"strides\": [2, 1] | strides 2,1 is not",
        "DepthwiseConv2D | , \"kernel_size\": 3, \"groups\": 2 | groups 2",
        "DepthwiseConv2D | , \"kernel_size\": 3, \"data_format\": \"channels_first\""
            + " | data_format channels_first",
        "UpSampling2D | , \"size\": 2, \"interpolation\": \"bicubic\" | interpolation bicubic",
        "LayerNormalization | , \"axis\": [-1, 1] | axes in the order [2, 0]",
        "LayerNormalization | , \"rms_scaling\": true | the option rms_scaling = true",
        "GroupNormalization | , \"axis\": 1 | axis 1",
        "Normalization | , \"axis\": null | a single mean that is a weight",
        "Normalization | , \"axis\": [1], \"mean\": [1], \"variance\": [2] | axis [1]",
        "RandomCrop | , \"height\": 2, \"width\": 2 | layer class RandomCrop of layer it",
        "Activation | , \"activation\": {\"class_name\": \"ReLU\", \"config\": {\"name\": \"r\","
            + " \"dtype\": \"float16\"}} | dtype \"float16\""
      })
  void refusesWhatItDoesNotSupport(String kind, String options, String message) {
    assertThatThrownBy(() -> KerasJson.single(kind, options))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith("model.json")
        .hasMessageContaining("it")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dense | '' | expected a whole number as units, found none",
        "Conv2D | , \"filters\": 4, \"kernel_size\": [3, 3, 3] | two whole numbers as kernel_size",
        "Conv2D | , \"filters\": 1e3, \"kernel_size\": 3 | a whole number as filters, found 1000.0",
        "Rescaling | , \"scale\": [1, true] | a finite number or one for each channel as scale",
        "Dense | , \"units\": 3, \"use_bias\": \"no\" | expected true or false as use_bias"
      })
  void refusesOptionsThatAreNotWhatTheyShouldBe(String kind, String options, String message) {
    assertThatThrownBy(() -> KerasJson.single(kind, options))
        .isInstanceOf(KerasFileException.class)
        .hasMessageStartingWith("model.json, layer it (" + kind + "): expected")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Conv2D | , \"filters\": 4, \"kernel_size\": 7 | a window of 7x7 does not fit",
        "Conv2D | , \"filters\": 1, \"kernel_size\": [65537, 1], \"dilation_rate\": [65536, 1]"
            + " | a window of 65537x1 does not fit",
        "Conv2D | , \"filters\": 3, \"kernel_size\": 1, \"groups\": 2 | 3 filters cannot be divided",
        "Conv2D | , \"filters\": 0, \"kernel_size\": 1 | filters, dilation and groups must be",
        "Conv2D | , \"filters\": 2147483647, \"kernel_size\": 5 | at most 2^31 - 1 elements",
        "Add | '' | expected at least two inputs"
      })
  void refusesLayersThatDoNotFit(String kind, String options, String message) {
    assertThatThrownBy(() -> KerasJson.single(kind, options))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessageStartingWith("model.json: layer it: ")
        .hasMessageContaining(message);
  }
}
