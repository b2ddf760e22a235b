package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.UnknownLayerException;
import backsweep.testing.Fixtures;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepairedCopyTest {

  /** The first 52 channels of conv_3 in the order that three labs published. */
  private static final List<Integer> PUBLISHED =
      List.of(
          0, 2, 9, 12, 13, 14, 15, 17, 24, 25, 26, 27, 30, 31, 33, 34, 36, 37, 38, 39, 40, 41, 44,
          45, 47, 48, 49, 50, 53, 55, 59, 23, 6, 51, 32, 22, 21, 20, 19, 43, 58, 3, 42, 1, 29, 16,
          56, 46, 5, 8, 11, 54);

  private static final Optional<Path> NONE = Optional.empty();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"45, x2", "48, x4", "52, x10", "52, x10_keras24"})
  void equalsThePublishedRepairs(int pruned, String published) {
    Optional<Path> architecture = Optional.of(Fixtures.path("models/deepid.json"));
    Path original = Fixtures.path("models/lab3_bd_weights.h5");
    Path copy = folder.resolve("copy.h5");

    ChannelMask mask = ChannelMask.pruning(60, PUBLISHED.subList(0, pruned));
    RepairedCopy.of(original, architecture).write(copy, "conv_3", mask);

    Network repaired = KerasReader.read(copy, architecture);
    Network expected = KerasReaderTest.read("models/lab3_repaired_" + published + ".h5");
    assertThat(repaired.weights().sameValues(expected.weights())).isTrue();
  }

  @Test
  void changesOnlyBytesOfTheConvolution() throws IOException {
    Optional<Path> architecture = Optional.of(Fixtures.path("models/deepid.json"));
    Path original = Fixtures.path("models/lab3_bd_weights.h5");
    Path copy = folder.resolve("copy.h5");

    ChannelMask mask = ChannelMask.pruning(60, PUBLISHED);
    RepairedCopy.of(original, architecture).write(copy, "conv_3", mask);

    byte[] before = Files.readAllBytes(original);
    byte[] after = Files.readAllBytes(copy);
    List<Extent> changed =
        StoredModel.open(original, architecture).variables().get("conv_3").values().stream()
            .map(StoredVariable::extent)
            .toList();
    assertThat(changed)
        .containsExactly(new Extent(50896, 3 * 3 * 40 * 60 * 4), new Extent(15128, 60 * 4));
    changed.forEach(
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
  @CsvSource({
    "grey, last",
    "residual, conv2d_1",
    "plain_sequential, c1",
    "bn_after, last",
    "leaky, last"
  })
  void masksAConvolutionInEitherContainer(String name, String convolution) {
    for (String extension : List.of(".h5", ".keras")) {
      Path original = Fixtures.path("zoo/" + name + extension);
      Network network = KerasReader.read(original, NONE);
      int channels = network.weights().get(convolution, "kernel").shape().channels();
      ChannelMask mask = ChannelMask.pruning(channels, List.of(0, 3, channels - 1));
      Path copy = folder.resolve("copy" + extension);

      RepairedCopy.of(original, NONE).write(copy, convolution, mask);

      Network repaired = KerasReader.read(copy, NONE);
      assertThat(repaired.graph()).isEqualTo(network.graph());
      assertThat(repaired.weights().sameValues(network.weights().masked(convolution, mask)))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"precisions.h5", "by_position.weights.h5", "split.h5"})
  void masksEveryLayoutAndPrecision(String name) {
    Optional<Path> architecture = Optional.of(SmallModels.architecture());
    Path copy = folder.resolve(name);
    ChannelMask mask = ChannelMask.pruning(4, List.of(1, 2));

    RepairedCopy.of(SmallModels.path(name), architecture).write(copy, "conv", mask);

    Network expected = SmallModels.read("small.h5").pruned("conv", mask);
    Network repaired = KerasReader.read(copy, architecture);
    assertThat(repaired.weights().sameValues(expected.weights())).isTrue();
  }

  @Test
  void keepsEveryOtherEntryOfAZipAndItsMethod() throws IOException {
    Path original = folder.resolve("original.keras");
    deflate(Fixtures.path("zoo/bn_after.keras"), original);
    Path copy = folder.resolve("copy.keras");

    RepairedCopy.of(original, NONE).write(copy, "last", ChannelMask.pruning(12, List.of(5)));

    Map<String, byte[]> before = entries(original);
    Map<String, byte[]> after = entries(copy);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach(
        (name, content) -> {
          if (name.equals("model.weights.h5")) {
            assertThat(after.get(name)).hasSameSizeAs(content).isNotEqualTo(content);
          } else {
            assertThat(after.get(name)).isEqualTo(content);
          }
        });
    try (ZipFile zip = new ZipFile(copy.toFile())) {
      assertThat(zip.getEntry("config.json").getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(zip.getEntry("model.weights.h5").getMethod()).isEqualTo(ZipEntry.DEFLATED);
      assertThat(zip.getEntry("assets/notes.txt").getMethod()).isEqualTo(ZipEntry.DEFLATED);
    }
  }

  @Test
  void refusesCompressedWeightsWithTheWayOut() {
    RepairedCopy copies =
        RepairedCopy.of(SmallModels.path("compressed.h5"), Optional.of(SmallModels.architecture()));
    Path copy = folder.resolve("copy.h5");

    assertThatThrownBy(() -> copies.write(copy, "conv", ChannelMask.pruning(4, List.of(1))))
        .isInstanceOf(UnpatchableWeightsException.class)
        .hasMessageEndingWith(
            "compressed.h5, conv, conv/kernel:0: expected values stored contiguously, which can be"
                + " changed in place, found chunks (shuffle, deflate, fletcher32); load the model"
                + " in Keras, save it as .keras and take that file");
    assertThat(copy).doesNotExist();
  }

  @Test
  void refusesAnUnknownConvolution() {
    RepairedCopy copies = RepairedCopy.of(Fixtures.path("zoo/leaky.h5"), NONE);

    assertThatThrownBy(
            () -> copies.write(folder.resolve("x"), "flatten_2", ChannelMask.pruning(9, List.of())))
        .isInstanceOf(UnknownLayerException.class)
        .hasMessage("no convolution named \"flatten_2\"; there are: conv2d_6, last");
  }

  @Test
  void refusesAMaskOfAnotherConvolution() {
    RepairedCopy copies = RepairedCopy.of(Fixtures.path("zoo/leaky.h5"), NONE);

    assertThatThrownBy(
            () -> copies.write(folder.resolve("x"), "last", ChannelMask.pruning(8, List.of())))
        .hasMessageContaining("the mask has 8 channels, the weights have 9");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void overwritesNothing() throws IOException {
    Path there = Files.writeString(folder.resolve("there.h5"), "mine");
    RepairedCopy copies = RepairedCopy.of(Fixtures.path("zoo/leaky.h5"), NONE);

    assertThatThrownBy(() -> copies.write(there, "last", ChannelMask.pruning(9, List.of(1))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there.h5");
    assertThat(there).hasContent("mine");
  }

  @Test
  void copiesAnOriginalThatMayOnlyBeRead() throws IOException {
    Path original = folder.resolve("original.h5");
    Files.copy(SmallModels.path("small.h5"), original);
    Files.setPosixFilePermissions(original, PosixFilePermissions.fromString("r--r--r--"));
    Optional<Path> architecture = Optional.of(SmallModels.architecture());
    Path copy = folder.resolve("copy.h5");

    RepairedCopy.of(original, architecture).write(copy, "conv", ChannelMask.pruning(4, List.of(0)));

    assertThat(KerasReader.read(copy, architecture).weights().get("conv", "bias").at(0)).isZero();
  }

  /** Zips anew: weights and an additional entry compressed, the others stored. */
  private static void deflate(Path source, Path target) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
      for (Map.Entry<String, byte[]> content : entries(source).entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        if (!content.getKey().equals("model.weights.h5")) {
          CRC32 checksum = new CRC32();
          checksum.update(content.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.getValue().length);
          entry.setCrc(checksum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
      zip.putNextEntry(new ZipEntry("assets/notes.txt"));
      zip.write(new byte[100_000]);
    }
  }

  private static Map<String, byte[]> entries(Path path) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        contents.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return contents;
  }
}
