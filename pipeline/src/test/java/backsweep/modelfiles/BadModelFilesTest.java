package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import backsweep.keras.LayerCatalog;
import backsweep.network.UnsupportedNetworkException;
import backsweep.testing.Fixtures;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be read, and what is said of them. */
class BadModelFilesTest {

  private static final Optional<Path> NONE = Optional.empty();

  @TempDir private Path folder;

  @Test
  void saysThatThereIsNoFile() {
    Path missing = folder.resolve("missing.h5");

    assertThatThrownBy(() -> KerasReader.read(missing, NONE))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(missing + ": expected a file, found no such file");
    assertThatThrownBy(() -> KerasReader.read(SmallModels.path("small.h5"), Optional.of(missing)))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(missing + ": expected a file, found no such file");
    assertThatThrownBy(() -> KerasReader.read(folder, NONE))
        .hasMessage(folder + ": expected a file, found a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "'', found an empty file",
    "weights, found neither HDF5 nor a zip",
    "PK\u0003\u0004 and more, 'expected a zip, found a broken one'"
  })
  void saysWhatAFileIsNot(String content, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("model.h5"), content);

    assertThatThrownBy(() -> KerasReader.read(file, NONE))
        .isInstanceOf(KerasFileException.class)
        .hasMessageStartingWith(file + ": expected")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 600, 5_000, 14_551})
  void saysThatAFileIsTruncated(int length) throws IOException {
    byte[] whole = Files.readAllBytes(SmallModels.path("small.h5"));
    Path file = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, length));

    assertThatThrownBy(() -> KerasReader.read(file, Optional.of(SmallModels.architecture())))
        .isInstanceOf(KerasFileException.class)
        .hasMessageStartingWith(file + ": expected an HDF5 file");
  }

  @Test
  void saysThatAnHdfFileIsNotOfKeras() {
    Path images = Fixtures.path("data/bn_after_test.h5");

    assertThatThrownBy(() -> KerasReader.read(images, NONE))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(
            images
                + ": expected weights as Keras writes them, with an attribute layer_names or a"
                + " group layers, found [data, label]");
  }

  @Test
  void asksForTheArchitectureOfWeights() {
    assertThatThrownBy(() -> KerasReader.read(SmallModels.path("small.h5"), NONE))
        .isInstanceOf(MissingArchitectureException.class)
        .hasMessageEndingWith(
            "small.h5: holds weights only, no architecture; give its architecture too, by"
                + " --architecture FILE, a JSON file with what model.to_json() returns in Keras");
  }

  @Test
  void comparesTheArchitectureWithTheOneInTheFile() throws IOException {
    Path other = architecture("\"filters\": 4", "\"filters\": 5");

    assertThatThrownBy(() -> KerasReader.read(SmallModels.path("split.h5"), Optional.of(other)))
        .isInstanceOf(KerasFileException.class)
        .hasMessageMatching(
            ".*other.json: expected the architecture in .*split.h5, there layer conv: "
                + "Convolution\\[filters=4, .*, found layer conv: Convolution\\[filters=5, .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"filters\": 4 | \"filters\": 5"
            + "| layer conv, kernel: expected shape (3, 3, 1, 5), found (3, 3, 1, 4)",
        "\"units\": 3 | \"units\": 3, \"use_bias\": false"
            + "| layer dense: expected the weights kernel, found kernel, bias",
        "\"conv\" | \"other\" | layer other: expected the weights kernel, bias, found none",
        "\"class_name\": \"Conv2D\" | \"class_name\": \"BatchNormalization\""
            + "| layer conv (BatchNormalization): the option",
      })
  void comparesTheWeightsWithTheArchitecture(String from, String to, String message)
      throws IOException {
    Path other = architecture(from, to);

    assertThatThrownBy(() -> KerasReader.read(SmallModels.path("small.h5"), Optional.of(other)))
        .hasMessageContaining(message);
  }

  @Test
  void refusesWeightsOfALayerThatIsNotThere() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.json"),
            """
            {"class_name": "Sequential", "config": [
              {"class_name": "Flatten",
               "config": {"name": "flatten", "batch_input_shape": [null, 6, 6, 1]}},
              {"class_name": "Dense",
               "config": {"name": "dense", "units": 3, "activation": "softmax"}}]}
            """);

    assertThatThrownBy(() -> KerasReader.read(SmallModels.path("small.h5"), Optional.of(other)))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "small.h5, layer conv: expected no weights, by the architecture, found kernel, bias");
    assertThatThrownBy(
            () -> KerasReader.read(SmallModels.path("by_position.weights.h5"), Optional.of(other)))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "layers: expected weights of layers in the architecture, found also [conv2d]");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void namesTheVariableThatIsNotFinite(float value) throws IOException {
    Optional<Path> architecture = Optional.of(SmallModels.architecture());
    Path small = SmallModels.path("small.h5");
    Extent kernel =
        StoredModel.open(small, architecture).variables().get("dense").get("kernel").extent();
    byte[] bytes = Files.readAllBytes(small);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat((int) kernel.offset() + 7 * Float.BYTES, value);
    Path file = Files.write(folder.resolve("bad.h5"), bytes);

    assertThatThrownBy(() -> KerasReader.read(file, architecture))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(
            file
                + ", dense, dense/kernel:0: expected finite weights, found "
                + value
                + " at index 7");
  }

  @Test
  void followsNoLink() {
    assertThatThrownBy(() -> SmallModels.read("linked.h5"))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "linked.h5, conv, conv/kernel:0: expected data in this file, found a link, not"
                + " followed");
  }

  @Test
  void readsNoOtherFile() {
    assertThatThrownBy(() -> SmallModels.read("virtual.h5"))
        .isInstanceOf(KerasFileException.class)
        .hasMessageContaining("Virtual storage is not supported");
  }

  @Test
  void takesNoMemoryForWeightsThatShareTheirBytes() throws IOException {
    StringBuilder layers = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String options = "\"name\": \"d%d\", \"units\": 40, \"use_bias\": false".formatted(i);
      layers
          .append(i == 0 ? "" : ",")
          .append("{\"class_name\": \"Dense\", \"config\": {%s".formatted(options))
          .append(", \"batch_input_shape\": [null, 40]}}");
    }
    String model = "{\"class_name\": \"Sequential\", \"config\": [%s]}".formatted(layers);
    Path architecture = Files.writeString(folder.resolve("chain.json"), model);

    assertThatThrownBy(
            () -> KerasReader.read(SmallModels.path("shared.h5"), Optional.of(architecture)))
        .isInstanceOf(KerasFileException.class)
        .hasMessageMatching(".*shared.h5: expected 76800 bytes of weights, found only \\d+ bytes");
  }

  @Test
  void inflatesNoMoreThanAChunkSays() {
    assertThatThrownBy(() -> SmallModels.read("inflated.h5"))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "conv/bias:0: expected chunks of 16 bytes, found at [0]: expected that it inflates to 16"
                + " bytes, found that it is cut off or inflates to more");
  }

  @ParameterizedTest
  @CsvSource({
    "custom_layer.h5, lab>Doubler, doubler",
    "custom_layer.keras, lab>Doubler, doubler",
    "lambda_layer.h5, Lambda, arbitrary_code",
    "lambda_layer.keras, Lambda, arbitrary_code"
  })
  void refusesLayersByNameAndRunsNothing(String name, String kind, String layer) {
    Path file = Fixtures.path("refused/" + name);

    assertThatThrownBy(() -> KerasReader.read(file, NONE))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            file
                + ": the layer class %s of layer %s is not supported; supported: "
                    .formatted(kind, layer)
                + String.join(", ", LayerCatalog.names()));
  }

  @Test
  void refusesAFolderThatWasExported() throws IOException {
    Files.write(folder.resolve("saved_model.pb"), new byte[] {8, 1});

    assertThatThrownBy(() -> KerasReader.read(folder, NONE))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(
            folder
                + ": expected a Keras model, as HDF5 (.h5) or zip (.keras), found a TensorFlow"
                + " SavedModel, as model.export() writes it; save the network in Keras, by"
                + " model.save(\"network.keras\")");
  }

  @Test
  void printsNoControlCharacters() throws IOException {
    Path other = architecture("\"conv\"", "\"conv\\u001b[2J\"");

    assertThatThrownBy(() -> KerasReader.read(SmallModels.path("small.h5"), Optional.of(other)))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith("names of at most 80 printable characters, found conv [2J");
  }

  @Test
  void refusesAZipThatIsNoModel() throws IOException {
    Path file = zip("notes.txt", new byte[3]);

    assertThatThrownBy(() -> KerasReader.read(file, NONE))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(
            file
                + ": expected one entry config.json as in a .keras file, found entries"
                + " [notes.txt]");
  }

  @Test
  void inflatesNoMoreThanAnEntryMayHave() throws IOException {
    Path file = zip("config.json", new byte[Json.MAXIMUM_LENGTH + 1]);

    assertThat(Files.size(file)).isLessThan(100_000);
    assertThatThrownBy(() -> KerasReader.read(file, NONE))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(file + ", config.json: expected at most 8388608 bytes, found 8388609");
  }

  @Test
  void believesNoSizeInAZip() throws IOException {
    Path file = zip("config.json", new byte[100_000]);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = zip.getInt(bytes.length - 6);
    zip.putInt(directory + 24, 2);
    Files.write(file, bytes);

    assertThatThrownBy(() -> KerasReader.read(file, NONE))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(file + ", config.json: expected 2 bytes, found another length");
  }

  private Path zip(String name, byte[] content) throws IOException {
    Path file = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return file;
  }

  /** The small model's architecture with something replaced. */
  private Path architecture(String from, String to) throws IOException {
    String text = SmallModels.architectureText().replace(from, to);
    return Files.writeString(folder.resolve("other.json"), text);
  }
}
