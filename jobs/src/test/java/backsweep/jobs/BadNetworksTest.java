package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BadNetworksTest {

  private static final String SUPPORTED =
      "supported: Activation, ActivityRegularization, Add, AlphaDropout, Average,";
  private static final String CONV_3 = "\"filters\": 60, \"kernel_size\": [3, 3]";

  @TempDir private Path folder;

  private DefendCall call(Path network) {
    return DefendCall.into(folder)
        .without("--layer")
        .without("--statistics-layer")
        .with("--network", network);
  }

  private void assertFails(DefendCall call, int code, String... messages) {
    BadRun.assertFails(call, folder.resolve("out"), code, messages);
  }

  static Stream<Arguments> files() {
    Path full = Fixture.path("zoo/bn_after.h5");
    Path zip = Fixture.path("zoo/bn_after.keras");
    return Stream.of(
        arguments("missing", file(path -> path), "expected a file, found no such file"),
        arguments("a directory", file(Edited::folder), "expected a file, found a directory"),
        arguments(
            "empty",
            file(path -> Edited.text("", path)),
            "expected a Keras model, as HDF5 (.h5) or zip (.keras), found an empty file"),
        arguments(
            "text",
            file(path -> Edited.text("not a network", path)),
            "expected a Keras model, as HDF5 (.h5) or zip (.keras), found neither HDF5 nor a zip"),
        arguments(
            "truncated HDF5",
            file(path -> Edited.truncated(full, 100, path)),
            "expected an HDF5 file of 66824 bytes, found 66724: it is truncated"),
        arguments(
            "truncated zip",
            file(path -> Edited.truncated(zip, 100, path)),
            "expected a zip, found a broken one"),
        arguments(
            "images",
            file(path -> Fixture.path("data/bn_after_test.h5")),
            "expected weights as Keras writes them, with an attribute layer_names or a group layers,"
                + " found [data, label]"),
        arguments(
            "another number of filters",
            edited(full, "\"filters\": 12", "\"filters\": 13"),
            "layer last, kernel: expected shape (3, 3, 8, 13), found (3, 3, 8, 12)"),
        arguments(
            "a bias too few",
            edited(full, "\"use_bias\": false", "\"use_bias\": true "),
            "layer last: expected the weights kernel, bias, found kernel"),
        arguments(
            "a bias too many",
            edited(full, "\"use_bias\": true", "\"use_bias\":false"),
            "layer conv2d: expected the weights kernel, found kernel, bias"));
  }

  private static UnaryOperator<Path> file(UnaryOperator<Path> maker) {
    return maker;
  }

  private static UnaryOperator<Path> edited(Path original, String text, String by) {
    return path -> Edited.replaced(original, text, by, path);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void endTheRunAndNameTheFile(String name, UnaryOperator<Path> maker, String message) {
    Path file = maker.apply(folder.resolve("network.h5"));
    assertFails(call(file), 3, file.toString(), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lambda_layer.h5    | the layer class Lambda of layer
          lambda_layer.keras | the layer class Lambda of layer
          custom_layer.h5    | the layer class
          custom_layer.keras | the layer class
          """)
  void refuseLayersByNameAndPlaceAndSayWhatIsSupported(String name, String message) {
    Path file = Fixture.path("refused/" + name);
    assertFails(call(file), 3, file + ": ", message, "is not supported", SUPPORTED);
  }

  @Test
  void needAConvolution() {
    Path file = Fixture.path("refused/no_convolution.h5");
    assertFails(
        call(file), 3, file + ": no convolution to prune: expected at least one Conv2D layer");
  }

  static Stream<Arguments> architectures() {
    Path deepId = Fixture.path("models/deepid.json");
    return Stream.of(
        arguments("missing", file(path -> path), "expected a file, found no such file"),
        arguments("text", file(path -> Edited.text("conv", path)), "expected JSON"),
        arguments(
            "another layer's name",
            edited(deepId, "conv_3", "conv_x"),
            "layer conv_x: expected the weights kernel, bias, found none"),
        arguments(
            "another number of filters",
            edited(deepId, CONV_3, CONV_3.replace("60", "61")),
            "layer conv_3, kernel: expected shape (3, 3, 40, 61), found (3, 3, 40, 60)"),
        arguments(
            "no bias",
            edited(deepId, "\"use_bias\": true", "\"use_bias\": false"),
            "layer conv_1: expected the weights kernel, found"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void refuseWeightsOfAnotherArchitecture(String name, UnaryOperator<Path> maker, String message) {
    Path file = maker.apply(folder.resolve("architecture.json"));
    DefendCall call = call(Fixture.path("models/lab3_bd_weights.h5")).with("--architecture", file);
    assertFails(call, 3, message);
  }

  @Test
  void needAnArchitectureWhereThereAreOnlyWeights() {
    Path file = Fixture.path("models/lab3_bd_weights.h5");
    assertFails(
        call(file),
        2,
        file
            + ": holds weights only, no architecture; give its architecture too, by --architecture",
        "to_json()",
        "; in its folder there is " + Fixture.path("models/deepid.json"));
  }

  @Test
  void saysThatThereIsNoArchitectureInTheFolder() {
    Path file =
        Edited.copied(Fixture.path("models/lab3_bd_weights.h5"), folder.resolve("network.h5"));
    Edited.text("{\"class_name\": \"no model\"}", folder.resolve("other.json"));
    assertFails(call(file), 2, file + ": holds weights only", "; there is none in its folder");
  }

  @Test
  void needAHeapForTheirWeightsBeforeTheyAreRead() {
    Path file = Fixture.path("models/lab3_bd_weights.h5");
    Path large =
        Edited.replaced(
            Fixture.path("models/deepid.json"),
            CONV_3,
            CONV_3.replace("60", "100000"),
            folder.resolve("large.json"));
    assertFails(
        call(file).with("--architecture", large),
        4,
        file + ": its weights take",
        "so a heap of at least",
        "raise BACKSWEEP_DRIVER_MEMORY, e.g. to");
  }

  @Test
  void refuseAnArchitectureOfAnotherGraph() {
    Path file = Fixture.path("models/lab3_repaired_x2.h5");
    Path other =
        Edited.replaced(
            Fixture.path("models/deepid.json"),
            CONV_3,
            CONV_3.replace("60", "61"),
            folder.resolve("other.json"));
    assertFails(
        call(file).with("--architecture", other),
        3,
        other + ": expected the architecture in " + file + ", there layer conv_3");
  }

  @Test
  void refuseALayerThatIsNotThereAndListThoseThatAre() {
    Path file = Fixture.path("zoo/bn_after.h5");
    assertFails(
        call(file).with("--layer", "conv_3"),
        2,
        file + ": no convolution named \"conv_3\"; there are: conv2d, last");
  }

  @Test
  void refuseALayerThatIsNoConvolution() {
    assertFails(
        call(Fixture.path("zoo/bn_after.h5")).with("--layer", "stat"),
        2,
        "no convolution named \"stat\"; there are: conv2d, last");
  }

  @Test
  void refuseAStatisticsLayerOfOtherChannelsAndListThoseThatFit() {
    assertFails(
        call(Fixture.path("zoo/bn_after.h5")).with("--statistics-layer", "conv2d"),
        2,
        "no layer of 12 channels named \"conv2d\"; there are: last, batch_normalization, re_lu,"
            + " stat");
  }

  @Test
  void nameTheLayerWhoseActivationsAreNotFinite() {
    float[] huge = new float[3 * 3 * 8 * 12];
    Arrays.fill(huge, 3e38f);
    Path file =
        Edited.revalued(
            Fixture.path("zoo/bn_after.h5"),
            "model_weights/last/last/kernel",
            huge,
            folder.resolve("huge.h5"));
    FileTree.existing(folder.resolve("out"));

    Outcome outcome = call(file).with("--output", folder.resolve("out")).run();

    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .contains("layer stat: expected finite mean activations on clean validation images, found");
    assertThat(outcome.code()).isEqualTo(3);
  }
}
