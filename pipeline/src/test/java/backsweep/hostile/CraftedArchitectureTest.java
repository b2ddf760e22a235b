package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.Trial.Outcome;
import backsweep.keras.KerasFileException;
import backsweep.network.InvalidNetworkException;
import backsweep.network.UnsupportedNetworkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Architectures made to be too much: for the parser, for the graph, for who runs them. */
class CraftedArchitectureTest {

  private static final String LAYER = "{\"class_name\": \"%s\", \"config\": {\"name\": \"%s\"%s}}";
  private static final String CALL =
      """
      {"class_name": "%1$s", "name": "%2$s", "inbound_nodes": [[%3$s]],
       "config": {"name": "%2$s"%4$s}}""";

  private static final String INPUT = ", \"batch_input_shape\": [null, %d, %d, 3]";

  @TempDir private Path folder;

  private final Trial trial = new Trial();
  private final Path weights = Seed.named("keras/small.h5").file();

  @AfterEach
  void stop() {
    trial.close();
  }

  private Outcome read(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("architecture.json"), json);
    return trial.read(Subject.ARCHITECTURE, file, weights);
  }

  private static String sequential(String... layers) {
    return "{\"class_name\": \"Sequential\", \"config\": [%s]}".formatted(String.join(",", layers));
  }

  private static String input(int side) {
    return LAYER.formatted("Activation", "first", INPUT.formatted(side, side) + RELU);
  }

  private static final String RELU = ", \"activation\": \"relu\"";

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"class_name\": \"Sequential\", \"config\": [["})
  void deepNestingEnds(String open) throws IOException {
    String json = open.repeat(100_000);

    assertThat(read(json).refusal())
        .isInstanceOf(KerasFileException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() throws IOException {
    assertThat(read("{\"class_name\": \"Sequential\", \"class_name\": \"Model\"}").refusal())
        .hasMessageContaining("Duplicate field");
  }

  @Test
  void aNumberThatIsNoneIsRefused() throws IOException {
    String layer =
        LAYER.formatted("LayerNormalization", "norm", ", \"axis\": -1, \"epsilon\": NaN");

    assertThat(read(sequential(input(5), layer)).refusal())
        .hasMessageContaining("norm")
        .hasMessageContaining("a finite number");
  }

  /** Beyond ASCII, and turning the direction of what follows. */
  @Test
  void namesReachNoTerminalAsControlCharacters() throws IOException {
    String layer = LAYER.formatted("No\u009b2JSuch\u202eLayer".repeat(1_000), "odd", "");

    assertThat(read(sequential(input(5), layer)).refusal().getMessage())
        .contains("No 2JSuch Layer")
        .hasSizeLessThan(5_000);
  }

  @Test
  void tooLongATextIsRefusedUnread() throws IOException {
    Outcome outcome = read(" ".repeat((8 << 20) + 1));

    assertThat(outcome.refusal()).hasMessageContaining("expected at most 8388608 bytes");
    assertThat(outcome.bytes()).isLessThan(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{},", "[],", "{\"\":1},", "\"ab\",", "1e9,", "[[[[1]]]],"})
  void aTextOfManySmallValuesFitsIntoMemory(String value) throws IOException {
    String values = value.repeat(((8 << 20) - 1000) / value.length());
    String json = "{\"class_name\": \"Sequential\", \"config\": [%s{}]}".formatted(values);

    assertThat(read(json).refusal())
        .isInstanceOf(KerasFileException.class)
        .hasMessageContaining(
            "architecture.json: expected a layer with class_name, name and config");
  }

  @Test
  void tensOfThousandsOfLayersTakeNoTimeAndNoStack() throws IOException {
    String layers =
        IntStream.range(0, 60_000)
            .mapToObj(i -> LAYER.formatted("Activation", "a" + i, RELU))
            .collect(Collectors.joining(","));

    assertThat(read(sequential(input(5), layers)).refusal())
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("architecture.json: a network of more than 4,000 calls is not");
  }

  @Test
  void oneLayerThatIsCalledAgainAndAgainTakesNoTime() throws IOException {
    String calls =
        IntStream.range(0, 50_000)
            .mapToObj(
                i -> i == 0 ? "[[\"in\", 0, 0, {}]]" : "[[\"c\", %d, 0, {}]]".formatted(i - 1))
            .collect(Collectors.joining(","));
    String json =
        """
        {"class_name": "Model", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "name": "in", "inbound_nodes": [],
           "config": {"name": "in", "batch_input_shape": [null, 5, 5, 3]}},
          {"class_name": "Conv2D", "name": "c", "inbound_nodes": [%s],
           "config": {"name": "c", "filters": 3, "kernel_size": 3, "padding": "same"}}],
          "input_layers": [["in", 0, 0]], "output_layers": [["c", 49999, 0]]}}
        """
            .formatted(calls);

    assertThat(read(json).refusal())
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("architecture.json: a network of more than 4,000 calls is not");
  }

  @Test
  void aLayerThatTakesOneTensorAgainAndAgainTakesNoTime() throws IOException {
    String inputs = String.join(",", Collections.nCopies(300_000, "[\"in\", 0, 0, {}]"));
    String json =
        """
        {"class_name": "Model", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "name": "in", "inbound_nodes": [],
           "config": {"name": "in", "batch_input_shape": [null, 5, 5, 3]}},
          {"class_name": "Add", "name": "sum", "inbound_nodes": [[%s]],
           "config": {"name": "sum"}}],
          "input_layers": [["in", 0, 0]], "output_layers": [["sum", 0, 0]]}}
        """
            .formatted(inputs);

    assertThat(read(json).refusal())
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining(
            "architecture.json: a network whose layers take more than 10,000 tensors is not");
  }

  /** A chain; the TensorFlow graph has an operation and more for every call. */
  @Test
  void asManyCallsAsMayBeAreBuiltWithinTheLimits() throws IOException {
    String chain =
        IntStream.range(0, 3_996)
            .mapToObj(
                i ->
                    CALL.formatted(
                        "Activation", "a" + i, "[\"%s\", 0, 0, {}]".formatted(before(i)), RELU))
            .collect(Collectors.joining(","));

    assertBuilt(small().replace("XCHAINX", chain).replace("XLASTX", "a3995"));
  }

  private static String before(int place) {
    return place == 0 ? "conv" : "a" + (place - 1);
  }

  @Test
  void asManyTensorsAsMayBeTakenAreBuiltWithinTheLimits() throws IOException {
    String inputs = String.join(",", Collections.nCopies(9_997, "[\"conv\", 0, 0, {}]"));

    assertBuilt(
        small()
            .replace("XCHAINX", CALL.formatted("Add", "sum", inputs, ""))
            .replace("XLASTX", "sum"));
  }

  @Test
  void asManyCallsOfOneConvolutionAsMayBeAreBuiltWithinTheLimits() throws IOException {
    String calls = String.join(",", Collections.nCopies(3_996, "[[\"input\", 0, 0, {}]]"));
    String inputs =
        IntStream.range(0, 3_996)
            .mapToObj("[\"conv\", %d, 0, {}]"::formatted)
            .collect(Collectors.joining(","));

    assertBuilt(
        small()
            .replace("[[[\"input\", 0, 0, {}]]]", "[" + calls + "]")
            .replace("XCHAINX", CALL.formatted("Add", "sum", inputs, ""))
            .replace("XLASTX", "sum"));
  }

  /** The small network with something between its convolution and its end. */
  private static String small() {
    return """
        {"class_name": "Model", "keras_version": "2.3.1", "config": {"name": "small", "layers": [
          {"class_name": "InputLayer", "name": "input", "inbound_nodes": [],
           "config": {"name": "input", "batch_input_shape": [null, 5, 5, 1]}},
          {"class_name": "Conv2D", "name": "conv", "inbound_nodes": [[["input", 0, 0, {}]]],
           "config": {"name": "conv", "filters": 4, "kernel_size": 3, "activation": "relu"}},
          XCHAINX,
          {"class_name": "Flatten", "name": "flatten", "inbound_nodes": [[["XLASTX", 0, 0, {}]]],
           "config": {"name": "flatten"}},
          {"class_name": "Dense", "name": "dense", "inbound_nodes": [[["flatten", 0, 0, {}]]],
           "config": {"name": "dense", "units": 3, "activation": "softmax"}}],
          "input_layers": [["input", 0, 0]], "output_layers": [["dense", 0, 0]]}}
        """;
  }

  private void assertBuilt(String json) throws IOException {
    Outcome outcome = read(json);

    assertThat(outcome.isRead()).as(String.valueOf(outcome.refusal())).isTrue();
    for (ReadModel.Model model : ReadModel.Model.values()) {
      assertThat(trial.goOn(outcome.model().orElseThrow(), read -> read.build(model)).isRead())
          .as(model.toString())
          .isTrue();
    }
  }

  @Test
  void aLambdaWithinAModelIsRefused() throws IOException {
    String nested =
        """
        {"class_name": "Sequential", "config": {"name": "inner", "layers": [
          {"class_name": "Lambda", "config": {"name": "code", "function": ["4wEAAAA=", null, null]}}
        ]}}
        """;

    assertThat(read(sequential(input(5), nested)).refusal())
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining(
            "architecture.json, layer inner: the layer class Lambda of layer code is not supported;"
                + " supported: Activation, ActivityRegularization, Add, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8192 | Conv2D, filters: 64, kernel_size: 1 | at most 2^31 - 1 elements
          2048 | Conv2D, filters: 64, kernel_size: 1 | expected at most 33554432 values for an image
          30000 | MaxPooling2D, pool_size: 2 | at most 2^31 - 1 elements
          5 | MaxPooling2D, pool_size: 2147483647, padding: 'same' | must be at most 1048576
          5 | MaxPooling2D, pool_size: 2, strides: 2147483647 | must be at most 1048576
          5 | Conv2D, filters: 1, kernel_size: 3, padding: 'same', dilation_rate: 1000000000 | may cover
          5 | Conv2D, filters: 2147483647, kernel_size: 1 | at most 2^31 - 1 elements
          5 | Conv2D, filters: -1, kernel_size: 1 | must be at least 1
          5 | Conv2D, filters: 1000000000000, kernel_size: 1 | expected a whole number as filters
          5 | Conv2D, filters: 4, kernel_size: 2147483647 | must be at most
          """)
  void absurdSizesAreRefused(int side, String layer, String message) throws IOException {
    int comma = layer.indexOf(',');
    String options = layer.substring(comma).replace('\'', '"').replaceAll("(\\w+):", "\"$1\":");
    String absurd = LAYER.formatted(layer.substring(0, comma), "absurd", options);

    assertThat(read(sequential(input(side), absurd)).refusal())
        .isInstanceOfAny(
            KerasFileException.class,
            InvalidNetworkException.class,
            UnsupportedNetworkException.class)
        .hasMessageContaining(message);
  }
}
