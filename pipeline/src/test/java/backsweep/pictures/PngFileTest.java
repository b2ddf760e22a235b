package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageFileException;
import backsweep.images.Picture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture that a trigger puts into images, with its opacity. */
class PngFileTest {

  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;

  @Test
  void readsColourWithOpacity() {
    assertPixels("rgba.png", (x, y) -> argb(alpha(x, y), red(x), green(y), blue(x, y)));
  }

  @Test
  void readsColourAsOpaque() {
    assertPixels("rgb.png", (x, y) -> argb(255, red(x), green(y), blue(x, y)));
  }

  @Test
  void readsGreyAsItIsStored() {
    assertPixels("grey.png", (x, y) -> argb(255, grey(x, y), grey(x, y), grey(x, y)));
  }

  @Test
  void readsGreyWithOpacity() {
    assertPixels("grey_alpha.png", (x, y) -> argb(alpha(x, y), grey(x, y), grey(x, y), grey(x, y)));
  }

  @Test
  void readsBlackAndWhite() {
    assertPixels(
        "bits.png",
        (x, y) -> {
          int value = (x + y) % 2 * 255;
          return argb(255, value, value, value);
        });
  }

  @Test
  void readsAPaletteWithOpacity() {
    assertPixels(
        "palette.png",
        (x, y) -> {
          int i = 5 * y + x;
          return argb(10 * i, i, 2 * i, 3 * i);
        });
  }

  private static void assertPixels(String name, IntBinaryOperator expected) {
    Picture picture = PngFile.read(PictureFiles.path(name));
    assertThat(picture.width()).isEqualTo(WIDTH);
    assertThat(picture.height()).isEqualTo(HEIGHT);
    int[] argb = new int[WIDTH * HEIGHT];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = expected.applyAsInt(i % WIDTH, i / WIDTH);
    }
    assertThat(picture.argb()).containsExactly(argb);
    assertThat(picture).isEqualTo(new Picture(WIDTH, HEIGHT, argb));
  }

  private static int argb(int alpha, int red, int green, int blue) {
    return alpha << 24 | red << 16 | green << 8 | blue;
  }

  private static int red(int x) {
    return 50 * x + 3;
  }

  private static int green(int y) {
    return 60 * y + 1;
  }

  private static int blue(int x, int y) {
    return 10 * x + 20 * y;
  }

  private static int alpha(int x, int y) {
    return 255 - 30 * (x + y);
  }

  private static int grey(int x, int y) {
    return 12 * (5 * y + x) + 5;
  }

  /**
   * Pillow's values stand beside every file; its colours are those that a folder's pictures have.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette.png",
        "palette_opaque.png",
        "opaque.png",
        "interlaced.png",
        "gamma.png",
        "profile.png",
        "grey.png",
        "grey_opaque.png",
        "bits_1.png",
        "bits_2.png",
        "bits_4.png"
      })
  void opaquePicturesAreThoseThatPillowReads(String name) throws IOException {
    byte[] expected = PictureFiles.bytes("good/" + name + ".values");
    int[] argb = PngFile.read(PictureFiles.path("good/" + name)).argb();
    int channels = expected.length / argb.length;

    for (int i = 0; i < argb.length; i++) {
      int red = expected[i * channels] & 0xff;
      int green = expected[i * channels + channels / 2] & 0xff;
      int blue = expected[i * channels + channels - 1] & 0xff;
      assertThat(argb[i]).as("pixel %d", i).isEqualTo(argb(255, red, green, blue));
    }
  }

  /** In a folder of images these are refused, for the same pixel. */
  @ParameterizedTest
  @CsvSource({"half.png, 0, 0, 128", "alpha.png, 2, 3, 254"})
  void keepsTheOpacityOfEveryPixel(String name, int row, int column, int opacity) {
    Picture picture = PngFile.read(PictureFiles.path("bad/" + name));

    int first = 0;
    while (picture.argb()[first] >>> 24 == 255) {
      first++;
    }
    assertThat(first).isEqualTo(row * picture.width() + column);
    assertThat(picture.argb()[first] >>> 24).isEqualTo(opacity);
  }

  @Test
  void aPaletteOfOpacitiesIsTakenOnlyWhole(@TempDir Path folder) throws IOException {
    byte[] bytes = PictureFiles.bytes("bad/palette_alpha.png");
    int part = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tRNS");
    bytes[part + 4] ^= 1;
    Path file = Files.write(folder.resolve("changed.png"), bytes);

    assertThatThrownBy(() -> PngFile.read(file))
        .hasMessageContaining("is damaged: the part tRNS at byte %d has", part - 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a_jpeg | expected a PNG picture, found something else
          sixteen_bits | expected a picture of at most 8 bits a channel, found 16
          transparent_colour | opacity as a channel or in a palette, found a transparent colour
          cut_off | is truncated: a part begins at byte 33 and ends outside
          huge | expected a picture of 1 to 2097151 pixels, found 60000 x 60000
          negative | expected a picture of at least 1 x 1 pixels, found 2147483653 x 4 (width x height)
          huge_part | is truncated: a part begins at byte 33 and ends outside
          no_pixels | is damaged:
          not_deflated | is damaged:
          too_few_rows | is damaged:
          no_such_colour | is a damaged PNG picture: found colour type
          bad/checksum | is damaged: the part IDAT at byte 33 has another checksum than it says
          bad/animated | expected one picture, found an animation
          bad/unknown_part | found one at byte 33 that must not be left out
          """)
  void refusesWhatIsNoSuchPicture(String name, String message) {
    Path file = PictureFiles.path(name + ".png");
    assertThatThrownBy(() -> PngFile.read(file))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNotThereOrTooLarge(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none.png");
    assertThatThrownBy(() -> PngFile.read(none))
        .isInstanceOf(ImageFileException.class)
        .hasMessage(none + ": expected a PNG picture, found no such file");
    assertThatThrownBy(() -> PngFile.read(folder))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(folder + ": cannot be read: ");
    Path large = folder.resolve("large.png");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(1L << 33);
    }
    assertThatThrownBy(() -> PngFile.read(large))
        .isInstanceOf(ImageFileException.class)
        .hasMessage(large + ": expected a PNG picture of at most 67108864 bytes, found 8589934592");
  }
}
