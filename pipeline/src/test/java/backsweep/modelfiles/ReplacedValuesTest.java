package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Network;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.testing.Fixtures;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Copies with other values in the place of all; in Keras they are {@link
 * RepairedCopyInKerasTest}'s.
 */
class ReplacedValuesTest {

  private static final Optional<Path> NONE = Optional.empty();

  @TempDir private Path folder;

  /** Other values for all variables, each another. */
  static Weights others(Weights weights) {
    Map<String, Map<String, Tensor>> others = new LinkedHashMap<>();
    int next = 1;
    for (String layer : weights.layers()) {
      Map<String, Tensor> changed = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> variable : weights.of(layer).entrySet()) {
        float[] values = new float[variable.getValue().shape().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) Math.abs(Math.sin(next++)) / 3 + 0.01f;
        }
        changed.put(variable.getKey(), Tensor.of(variable.getValue().shape(), values));
      }
      others.put(layer, changed);
    }
    return new Weights(others);
  }

  static Stream<String> zoo() throws IOException {
    try (Stream<Path> files = Files.list(Fixtures.path("zoo"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return names.stream().filter(name -> name.matches("[^.]+\\.(h5|keras)"));
    }
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void ofEveryNetworkHasTheNewValues(String name) {
    Path original = Fixtures.path("zoo/" + name);
    Network network = KerasReader.read(original, NONE);
    Weights others = others(network.weights());
    Path copy = folder.resolve(name);

    RepairedCopy.of(original, NONE).write(copy, others);

    Network found = KerasReader.read(copy, NONE);
    assertThat(found.graph()).isEqualTo(network.graph());
    assertThat(found.weights().sameValues(others)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void withTheValuesThatWereThereIsTheOriginal(String name) throws IOException {
    Path original = Fixtures.path("zoo/" + name);
    Path copy = folder.resolve("same-" + name);
    Path changed = folder.resolve("changed-" + name);
    Weights weights = KerasReader.read(original, NONE).weights();

    RepairedCopy.of(original, NONE).write(changed, others(weights));
    RepairedCopy.of(changed, NONE).write(copy, weights);

    assertThat(copy).hasSameBinaryContentAs(name.endsWith(".h5") ? original : twice(original));
  }

  /** A zip is written anew, which keeps what is in it and not how it lies there. */
  private Path twice(Path original) {
    Path copy = folder.resolve("plain.keras");
    RepairedCopy.of(original, NONE).write(copy, KerasReader.read(original, NONE).weights());
    return copy;
  }

  @Test
  void bytesOutsideOfVariablesAreThoseOfTheOriginal() throws IOException {
    Path original = Fixtures.path("zoo/bn_after.h5");
    Path copy = folder.resolve("copy.h5");
    RepairedCopy.of(original, NONE).write(copy, others(KerasReader.read(original, NONE).weights()));

    byte[] before = Files.readAllBytes(original);
    byte[] after = Files.readAllBytes(copy);
    assertThat(after).isNotEqualTo(before);
    StoredModel.open(original, NONE).variables().values().stream()
        .flatMap(layer -> layer.values().stream())
        .map(StoredVariable::extent)
        .forEach(
            extent ->
                System.arraycopy(
                    before,
                    (int) extent.offset(),
                    after,
                    (int) extent.offset(),
                    (int) extent.length()));
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"by_position.weights.h5", "split.h5", "small.h5", "wide.h5"})
  void areWrittenInEveryLayout(String name) {
    Optional<Path> architecture = Optional.of(SmallModels.architecture());
    Weights others = others(SmallModels.read(name).weights());
    Path copy = folder.resolve(name);

    RepairedCopy.of(SmallModels.path(name), architecture).write(copy, others);

    assertThat(KerasReader.read(copy, architecture).weights().sameValues(others)).isTrue();
  }

  @Test
  void float16CannotHoldThem() {
    refuses("precisions.h5", "float16");
  }

  @Test
  void compressedOnesCannotBeReplaced() {
    refuses("compressed.h5", "chunks (shuffle, deflate, fletcher32)");
  }

  private void refuses(String name, String found) {
    Optional<Path> architecture = Optional.of(SmallModels.architecture());
    Weights weights = SmallModels.read(name).weights();
    RepairedCopy copies = RepairedCopy.of(SmallModels.path(name), architecture);

    assertThatThrownBy(() -> copies.write(folder.resolve("copy.h5"), weights))
        .isInstanceOf(UnpatchableWeightsException.class)
        .hasMessageContaining("found " + found);
    assertThat(folder).isEmptyDirectory();
  }
}
