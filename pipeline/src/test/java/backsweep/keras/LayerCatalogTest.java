package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.InvalidNetworkException;
import backsweep.network.UnsupportedNetworkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of every supported layer, and those that are refused. */
class LayerCatalogTest {

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
        "Rescaling | , \"scale\": 0.5, \"offset\": -1 | (6, 6, 2)"
      })
  void readsOptions(String kind, String options, String shape) {
    assertThat(KerasJson.single(kind, options).outputShape()).hasToString(shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Lambda | '' | layer class Lambda of layer it is not supported; supported: Activation, Add",
        "Functional | '' | nested model Functional of layer it",
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
        "Softmax | , \"axis\": 1 | axis 1 is not supported; supported: the last, -1",
        "Softmax | , \"axis\": [1, 2] | axis [1,2]",
        "BatchNormalization | , \"axis\": 1 | axis 1",
        "BatchNormalization | , \"renorm\": true | the option renorm = true",
        "MaxPooling2D | , \"pool_size\": 2, \"padding\": \"causal\" | padding causal"
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
        "Rescaling | , \"scale\": [1, 2] | expected a number as scale, found [1,2]",
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
        "Dense | , \"units\": 4 | expected an input of 1 axes",
        "Add | '' | expected at least two inputs"
      })
  void refusesLayersThatDoNotFit(String kind, String options, String message) {
    assertThatThrownBy(() -> KerasJson.single(kind, options))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessageStartingWith("model.json: layer it: ")
        .hasMessageContaining(message);
  }
}
