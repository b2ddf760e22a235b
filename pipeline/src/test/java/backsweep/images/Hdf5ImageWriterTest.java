package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.hdf.NumberType;
import backsweep.testing.RandomBlocks;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5ImageWriterTest {

  private static final ImageShape SHAPE = new ImageShape(4, 3, 2);

  @TempDir Path folder;

  @Test
  void writesWhatTheReaderReads() {
    List<ImageBlock> blocks = RandomBlocks.of(600, SHAPE, PixelEncoding.UINT8);

    assertThat(readBack(write(blocks))).isEqualTo(blocks);
  }

  @Test
  void keepsTrueLabelsBesideTheLabels() {
    List<ImageBlock> blocks =
        RandomBlocks.of(300, SHAPE, PixelEncoding.UINT8).stream()
            .map(block -> relabelled(block, 7))
            .toList();

    Path file = write(blocks);

    assertThat(readBack(file)).isEqualTo(blocks);
    try (Hdf5Images images = Hdf5Images.open(file)) {
      assertThat(images.trueLabels().orElseThrow()).hasSize(300).startsWith(labels(blocks));
    }
  }

  private static ImageBlock relabelled(ImageBlock block, int target) {
    int[] targets = new int[block.images()];
    Arrays.fill(targets, target);
    return new ImageBlock(block.index(), block.pixels(), targets, block.labels());
  }

  private static int[] labels(List<ImageBlock> blocks) {
    return blocks.get(0).trueLabels().orElseThrow();
  }

  @Test
  void storesBytesAsUnsignedBytesAndFractionsAsFloats() {
    List<ImageBlock> integers = RandomBlocks.of(3, SHAPE, PixelEncoding.UINT8);
    List<ImageBlock> mixed = new ArrayList<>(RandomBlocks.of(256, SHAPE, PixelEncoding.UINT8));
    mixed.add(fraction(1));

    assertThat(type(write(integers))).isEqualTo(NumberType.UINT8);
    Path file = write(mixed);
    assertThat(type(file)).isEqualTo(NumberType.FLOAT32);
    assertThat(readBack(file)).isEqualTo(mixed);
  }

  private static ImageBlock fraction(int index) {
    ByteBuffer bytes =
        ByteBuffer.allocate(SHAPE.values() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SHAPE.values(); i++) {
      bytes.putFloat(i == 5 ? 0.1f : 255);
    }
    return new ImageBlock(
        index, new Pixels(SHAPE, PixelEncoding.FLOAT32, bytes.array()), new int[] {4});
  }

  private static NumberType type(Path file) {
    try (HdfFile hdf = new HdfFile(file)) {
      return NumberType.of(hdf.getDatasetByPath("data").getDataType()).orElseThrow();
    }
  }

  @Test
  void leavesAFileAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.h5"), "kept");

    assertThatThrownBy(() -> Hdf5ImageWriter.write(file, SHAPE, some().iterator()))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("kept");
    assertOnlyFile("kept.h5");
  }

  @Test
  void leavesNothingIfTheBlocksBreakOff() {
    Stream<ImageBlock> blocks =
        Stream.concat(
            some().stream(),
            Stream.generate(
                () -> {
                  throw new IllegalStateException("no more");
                }));

    assertThatThrownBy(
            () -> Hdf5ImageWriter.write(folder.resolve("a.h5"), SHAPE, blocks.iterator()))
        .hasMessage("no more");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesNothingIfAValueCannotBeRead() {
    byte[] bytes = new byte[SHAPE.values() * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, 255.5f);
    ImageBlock bad = new ImageBlock(0, new Pixels(SHAPE, PixelEncoding.FLOAT32, bytes), new int[1]);

    assertThatThrownBy(() -> write(List.of(bad)))
        .isInstanceOf(ImageFileException.class)
        .hasMessageEndingWith(
            "expected values from 0 to 255, found 255.5 at image 0, channel 1, row 0, column 0");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesWhatIsNoSet() {
    List<ImageBlock> two = RandomBlocks.of(300, SHAPE, PixelEncoding.UINT8);
    refuses(List.of(), "expected at least one block of images, found none");
    refuses(
        List.of(two.get(1)),
        "expected block 0 of a set whose blocks but the last have 256 images, found block 1: 44"
            + " images of shape (height 4, width 3, channels 2) as UINT8 behind 0");
    refuses(List.of(some().get(0), two.get(1)), "found block 1: 44 images of shape");
    refuses(
        List.of(two.get(0), relabelled(two.get(1), 0)),
        "expected true labels in all blocks or in none, found block 1");
    refuses(
        List.of(relabelled(two.get(0), 0), two.get(1)),
        "(height 4, width 3, channels 2) as UINT8 without them");
    refuses(
        RandomBlocks.of(1, new ImageShape(3, 4, 2), PixelEncoding.UINT8),
        "expected images of shape (height 4, width 3, channels 2), found block 0: 1 images");
  }

  private void refuses(List<ImageBlock> blocks, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(blocks))
        .withMessageContaining(message);
    assertThat(folder).isEmptyDirectory();
  }

  private static List<ImageBlock> some() {
    return RandomBlocks.of(3, SHAPE, PixelEncoding.UINT8);
  }

  private Path write(List<ImageBlock> blocks) {
    Path file = folder.resolve("images-" + blocks.size() + ".h5");
    Hdf5ImageWriter.write(file, SHAPE, blocks.iterator());
    assertOnlyFile(file.getFileName().toString());
    return file;
  }

  private void assertOnlyFile(String name) {
    assertThat(folder).isDirectoryNotContaining("glob:**/.spool*");
    assertThat(folder.resolve(name)).exists();
  }

  private static List<ImageBlock> readBack(Path file) {
    try (Hdf5Images images = Hdf5Images.open(file)) {
      List<ImageBlock> blocks = new ArrayList<>();
      for (int block = 0; block < images.blocks(); block++) {
        blocks.add(images.block(block));
      }
      return blocks;
    }
  }
}
