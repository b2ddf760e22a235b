package backsweep.images;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BadImageFileTest {

  private static final int[] LABELS = {1, 2, 3};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          soft_link | expected 'data' to be a data set, found a link to /pixels; links are not
          external_link | expected 'data' to be a data set, found a link to type_u1.h5:/data
          virtual | is not supported: Virtual storage is not supported
          boolean | expected 'data' to hold integers of 8 to 64 or floats of 16, 32 or 64 bits, found
          complex | expected 'data' to hold integers of 8 to 64 or floats of 16, 32 or 64 bits, found
          null | expected 'data' with the axes (image, channel, height, width) or (image, height, width, channel), found 'data' []
          empty | expected 1 to 1073741824 images, found 'data' [0, 2, 4, 3] of FLOAT64
          no_channels | expected images of 1 to 2097151 values, found 'data' [5, 0, 4, 3] of UINT8
          scale_offset | expected no filters but gzip, lzf, shuffle and fletcher32, found
          chunk_missing | the chunk at [4, 0, 0, 0] of 'data' [5, 2, 4, 3] of UINT8 is missing
          chunk_inflates_to_more | expected that it inflates to 120 bytes, found that it is cut off or
          chunk_inflates_to_less | expected 120 bytes, found 119
          chunk_cut_off | expected that it inflates to 120 bytes, found that it is cut off or
          chunk_not_gzip | of 'data' [5, 2, 4, 3] of UINT8 is broken: expected gzip data, found something else
          fletcher32_broken | is broken: expected the checksum
          chunk_too_large | bytes, but has only 2068 bytes
          never_written | expected 'data' [5, 1, 1, 1] of UINT8, found that it was never written
          huge_contiguous | declares 'data' [1073741824, 3, 55, 47] of FLOAT64, 66614942760960 bytes, but
          huge_chunked | declares 'data' [1073741824, 3, 55, 47] of FLOAT64, 66614942760960 bytes, but
          huge_count | expected 1 to 1073741824 images, found 'data' [1000000000000, 1, 1, 1]
          huge_overflow | expected images of 1 to 2097151 values, found 'data' [5, 1048576, 1048576,
          """)
  void refusesWhatAFileShouldNotHold(String name, String message) {
    assertRefused(SmallFiles.resource(name + ".h5"), message);
  }

  static Stream<Arguments> written() {
    double[][][][] data = SmallFiles.zerosBut(0);
    return Stream.of(
        arguments(
            null, LABELS, "expected data sets 'data' and 'label', found no 'data'; there is ["),
        arguments(data, null, "found no 'label'; there is [data]"),
        arguments(
            new double[3][2][2],
            LABELS,
            "height, width, channel), found 'data' [3, 2, 2] of FLOAT64"),
        arguments(data, new int[] {1, 2}, "a label for each image, found 3 images and 2 labels"),
        arguments(data, new int[3][2], "axes (image) or (image, 1), found 'label' [3, 2] of INT32"),
        arguments(data, new String[] {"a", "b", "c"}, "expected 'label' to hold integers"),
        arguments(data, new double[] {1, 2.5, 3}, "integers from 0 up, found 2.5 at image 1"),
        arguments(data, new int[] {1, 2, -3}, "integers from 0 up, found -3 at image 2"),
        arguments(data, new double[] {Double.NaN, 2, 3}, "from 0 up, found NaN at image 0"),
        arguments(
            data,
            new long[] {1, 1L << 32, 3},
            "labels below 16777216, found 4294967296 at image 1"),
        arguments(data, new float[] {1, 2, Float.POSITIVE_INFINITY}, "found Infinity at image 2"),
        arguments(SmallFiles.zerosBut(Double.NaN), LABELS, badValue("NaN")),
        arguments(SmallFiles.zerosBut(Double.NEGATIVE_INFINITY), LABELS, badValue("-Infinity")),
        arguments(SmallFiles.zerosBut(-1), LABELS, badValue("-1")),
        arguments(SmallFiles.zerosBut(256), LABELS, badValue("256")),
        arguments(SmallFiles.zerosBut(255.5), LABELS, badValue("255.5")));
  }

  static Stream<Arguments> trueLabels() {
    return Stream.of(
        arguments(
            new int[] {1, 2}, "expected a true label for each image, found 3 images and 2 true"),
        arguments(new int[4], "expected a true label for each image, found 3 images and 4 true"),
        arguments(
            new int[3][2],
            "expected 'true_label' with the axes (image) or (image, 1), found 'true_label' [3, 2]"),
        arguments(new String[] {"a", "b", "c"}, "expected 'true_label' to hold integers"),
        arguments(
            new double[] {1, 2.5, 3},
            "expected true labels that are integers from 0 up, found 2.5 at image 1"),
        arguments(new int[] {1, 2, -1}, "true labels that are integers from 0 up, found -1 at"));
  }

  @ParameterizedTest
  @MethodSource("trueLabels")
  void refusesTrueLabelsThatAreNone(Object trueLabels, String message) {
    assertRefused(SmallFiles.write(folder, SmallFiles.zerosBut(0), LABELS, trueLabels), message);
  }

  private static String badValue(String found) {
    return "expected values from 0 to 255, found %s at image 2, channel 1, row 0, column 1"
        .formatted(found);
  }

  @ParameterizedTest
  @MethodSource("written")
  void refusesDataThatAreNotLabelledImages(Object data, Object label, String message) {
    assertRefused(SmallFiles.write(folder, data, label), message);
  }

  @Test
  void refusesAMissingFile() {
    assertRefused(folder.resolve("none.h5"), "expected a file of images, found no such file");
  }

  @Test
  void refusesAFolder() {
    assertRefused(folder, "cannot be read: ");
  }

  @Test
  void refusesWhatIsNotHdf5() throws IOException {
    Path file = folder.resolve("images.h5");
    Files.write(file, new byte[0]);
    assertRefused(file, "expected an HDF5 file, found something else");
    Files.writeString(file, "image,label\n".repeat(1000));
    assertRefused(file, "expected an HDF5 file, found something else");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(SmallFiles.resource("type_f8.h5"));
    Path file = folder.resolve("images.h5");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(
        file,
        "is truncated: expected %d bytes, found %d".formatted(whole.length, whole.length - 1));
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  private static void read(Path file) {
    try (Hdf5Images images = Hdf5Images.open(file)) {
      for (int block = 0; block < images.blocks(); block++) {
        images.block(block);
      }
    }
  }
}
