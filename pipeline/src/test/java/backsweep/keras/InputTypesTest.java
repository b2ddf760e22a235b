package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Input;
import backsweep.network.Node;
import backsweep.network.Shape;
import backsweep.network.Truncation;
import backsweep.network.UnsupportedNetworkException;
import backsweep.testing.SmallModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs of other types than float32, of a network and of the models in it. */
class InputTypesTest {

  @ParameterizedTest
  @ValueSource(strings = {"uint8", "int32"})
  void cutsImagesToWholeNumbers(String type) {
    String layer = KerasJson.layer("Rescaling", "it", ", \"scale\": 0.5", KerasJson.call("in"));
    String json = KerasJson.functional(layer, "it").replace("\"float32\"", "\"" + type + "\"");

    assertThat(SmallModels.graph(json).nodes().subList(0, 2))
        .extracting(Node::layer)
        .containsExactly(new Input(Shape.of(6, 6, 2)), new Truncation());
  }

  /** Keras adds and multiplies in the type of the image, and cannot convolve in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint8 | Conv2D | , \"filters\": 2, \"kernel_size\": 1",
        "int32 | ReLU | ''",
        "uint8 | MaxPooling2D | , \"pool_size\": 2"
      })
  void refusesToCalculateWithIntegers(String type, String kind, String options) {
    String layer = KerasJson.layer(kind, "it", options, KerasJson.call("in"));
    String json = KerasJson.functional(layer, "it").replace("\"float32\"", "\"" + type + "\"");

    assertThatThrownBy(() -> SmallModels.graph(json))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            "model.json, layer it (%s): an input of integers is not supported; supported:"
                    .formatted(kind)
                + " Rescaling or Normalization between the two");
  }

  /** Keras would cut what the model is called with to whole numbers, or round it. */
  @ParameterizedTest
  @CsvSource({"uint8", "int32", "float16"})
  void refusesAModelThatConvertsWhatItIsCalledWith(String type) {
    assertThatThrownBy(
            () -> SmallModels.graph(withInputOf("\"" + type + "\"", "6, 6, 2", "float32")))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith("model.json, layer inner/in (InputLayer): dtype \"%s\"", type);
  }

  @Test
  void refusesAModelThatTakesOtherAxes() {
    assertThatThrownBy(() -> SmallModels.graph(withInputOf("\"float32\"", "6, 6", "float32")))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith(
            "model.json, layer inner/in (InputLayer): an input of shape [null,6,6] called with (6,"
                + " 6, 2) is not supported");
  }

  /** As Keras makes the input of a model that says none. */
  @Test
  void readsAModelOfMixedPrecision() {
    String policy = "{\"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"mixed_float16\"}}";

    assertThat(SmallModels.graph(withInputOf("\"float16\"", "6, 6, 2", policy)).layerNames())
        .contains("inner/norm");
  }

  /** A model whose inner one has an input of this type and shape and layers of that type. */
  private static String withInputOf(String type, String shape, String inside) {
    String json = KerasJson.nested("inner", "c", 0, 1);
    int inner = json.indexOf("InputLayer", json.indexOf("InputLayer") + 1);
    String own =
        json.substring(inner)
            .replaceFirst("\"float32\"", type)
            .replaceFirst("6, 6, 2", shape)
            .replaceFirst(
                "\"kernel_size\": 1",
                "\"kernel_size\": 1, \"dtype\": " + (inside.startsWith("{") ? inside : "null"));
    return json.substring(0, inner) + own;
  }
}
