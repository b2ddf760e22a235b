package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5ImagesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type_u1",
        "type_u2",
        "type_u4",
        "type_u8",
        "type_i1",
        "type_i2",
        "type_i4",
        "type_i8",
        "type_f2",
        "type_f4",
        "type_f8",
        "type_f8_big_endian",
        "type_i4_big_endian",
        "chunked",
        "gzip",
        "gzip_shuffle_fletcher32",
        "fletcher32",
        "lzf",
        "lzf_shuffle",
        "user_block",
        "compact",
        "index_single",
        "index_fixed_array",
        "index_extensible_array",
        "index_b_tree",
        "label_column"
      })
  void readsEveryTypeAndStorage(String name) {
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.resource(name + ".h5"))) {
      assertThat(images.images()).isEqualTo(SmallFiles.IMAGES);
      assertThat(images.shape()).isEqualTo(SmallFiles.SHAPE);
      assertThat(images.blocks()).isEqualTo(1);
      assertThat(images.labels()).containsExactly(0, 7, 14, 21, 28);
      ImageBlock block = images.block(0);
      assertThat(block.labels()).containsExactly(0, 7, 14, 21, 28);
      assertThat(block.pixels().encoding()).isEqualTo(PixelEncoding.UINT8);
      assertThat(values(block)).containsExactly(expected(SmallFiles.SHAPE, 0, SmallFiles.IMAGES));
    }
  }

  @Test
  void readsChunksThatReachIntoTheNextBlock() {
    ImageShape shape = new ImageShape(2, 2, 1);
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.resource("two_blocks.h5"))) {
      assertThat(images.blocks()).isEqualTo(2);
      ImageBlock last = images.block(1);
      assertThat(last.firstImage()).isEqualTo(256);
      assertThat(last.labels()).containsExactly(7 * 256, 7 * 257, 7 * 258);
      assertThat(values(last)).containsExactly(expected(shape, 256, 3));
      assertThat(values(images.block(0))).containsExactly(expected(shape, 0, 256));
      assertThat(images.block(1)).isEqualTo(last);
    }
  }

  @Test
  void readsAFileThatIsTooLargeToBeMapped() throws IOException {
    Path file = folder.resolve("images.h5");
    Files.copy(SmallFiles.resource("gzip.h5"), file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(Integer.MAX_VALUE + 1L);
    }
    try (Hdf5Images images = Hdf5Images.open(file)) {
      assertThat(values(images.block(0)))
          .containsExactly(expected(SmallFiles.SHAPE, 0, SmallFiles.IMAGES));
    }
  }

  @Test
  void keepsFloatsFromTheFirstFractionOn() {
    double[][][][] data = SmallFiles.zerosBut(0.1);
    data[0][1][1][0] = 255;
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.write(folder, data, new int[3]))) {
      ImageBlock block = images.block(0);
      assertThat(block.pixels().encoding()).isEqualTo(PixelEncoding.FLOAT32);
      float[] expected = new float[24];
      expected[5] = 255;
      expected[19] = 0.1f;
      assertThat(values(block)).containsExactly(expected);
    }
  }

  @Test
  void takesNegativeZeroAndWhatRoundsToAnIntegerAsThatInteger() {
    double[][][][] data = SmallFiles.zerosBut(Math.nextDown(255.0));
    data[0][0][0][0] = -0.0;
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.write(folder, data, new long[3]))) {
      assertThat(images.block(0).pixels().encoding()).isEqualTo(PixelEncoding.UINT8);
      assertThat(values(images.block(0))[19]).isEqualTo(255);
    }
  }

  @Test
  void checksLabelsAgainstTheClasses() {
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.resource("type_u1.h5"))) {
      images.checkLabels(29);
      assertThatThrownBy(() -> images.checkLabels(14))
          .isInstanceOf(ImageFileException.class)
          .hasMessage(
              SmallFiles.resource("type_u1.h5")
                  + ": expected labels from 0 to 13, found 14 at image 2, the first of 3 such labels"
                  + " among 5");
    }
  }

  @Test
  void readsTrueLabelsWhereThereAreSome() {
    Path file =
        SmallFiles.write(folder, SmallFiles.zerosBut(1), new int[3], new double[] {4, 0, 2});
    try (Hdf5Images images = Hdf5Images.open(file)) {
      assertThat(images.trueLabels().orElseThrow()).containsExactly(4, 0, 2);
      assertThat(images.block(0).trueLabels().orElseThrow()).containsExactly(4, 0, 2);
      assertThat(images.block(0).labels()).containsExactly(0, 0, 0);
    }
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.resource("type_u1.h5"))) {
      assertThat(images.trueLabels()).isEmpty();
      assertThat(images.block(0).trueLabels()).isEmpty();
    }
  }

  @Test
  void checksTrueLabelsAgainstTheClasses() {
    Path file = SmallFiles.write(folder, SmallFiles.zerosBut(1), new int[3], new int[] {4, 0, 2});
    try (Hdf5Images images = Hdf5Images.open(file)) {
      images.checkLabels(5);
      assertThatThrownBy(() -> images.checkLabels(2))
          .isInstanceOf(ImageFileException.class)
          .hasMessage(
              file
                  + ": expected true labels from 0 to 1, found 4 at image 0, the first of 2 such true"
                  + " labels among 3");
    }
  }

  @Test
  void checksTheShapeAgainstTheNetwork() {
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.resource("type_u1.h5"))) {
      images.checkShape(SmallFiles.SHAPE);
      assertThatThrownBy(() -> images.checkShape(new ImageShape(3, 4, 2)))
          .isInstanceOf(ImageFileException.class)
          .hasMessageContaining("type_u1.h5: expected images of shape (height 3, width 4, channels")
          .hasMessageContaining("found (height 4, width 3, channels 2)");
    }
  }

  @Test
  void refusesABlockThatIsNotThere() {
    try (Hdf5Images images = Hdf5Images.open(SmallFiles.resource("type_u1.h5"))) {
      assertThatThrownBy(() -> images.block(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private static float[] values(ImageBlock block) {
    float[] values = new float[block.images() * block.shape().values()];
    block.copyPixels(FloatBuffer.wrap(values));
    return values;
  }

  private static float[] expected(ImageShape shape, int first, int count) {
    float[] values = new float[count * shape.values()];
    for (int i = 0; i < values.length; i++) {
      int channel = i % shape.channels();
      int position = i / shape.channels() % shape.positions();
      int image = first + i / shape.values();
      values[i] =
          SmallFiles.pixel(image, channel, position / shape.width(), position % shape.width());
    }
    return values;
  }
}
