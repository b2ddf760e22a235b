package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {

  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;

  /** A file made by {@code make_pictures.py}. */
  static Path resource(String name) {
    return Path.of(URI.create(PictureTest.class.getResource("/pictures/" + name).toString()));
  }

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
    Picture picture = Picture.read(resource(name));
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
          negative | expected a picture of 1 to 2097151 pixels, found 2147483653 x 4
          huge_part | is truncated: a part begins at byte 33 and ends outside
          no_pixels | is a broken PNG picture:
          not_deflated | is a broken PNG picture:
          too_few_rows | is a broken PNG picture:
          no_such_colour | is a broken PNG picture:
          """)
  void refusesWhatIsNoSuchPicture(String name, String message) {
    Path file = resource(name + ".png");
    assertThatThrownBy(() -> Picture.read(file))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNotThereOrTooLarge(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none.png");
    assertThatThrownBy(() -> Picture.read(none))
        .isInstanceOf(ImageFileException.class)
        .hasMessage(none + ": expected a PNG picture, found no such file");
    assertThatThrownBy(() -> Picture.read(folder))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(folder + ": cannot be read: ");
    Path large = folder.resolve("large.png");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(1L << 33);
    }
    assertThatThrownBy(() -> Picture.read(large))
        .isInstanceOf(ImageFileException.class)
        .hasMessage(large + ": expected a PNG picture of at most 67108864 bytes, found 8589934592");
  }

  @Test
  void refusesPixelsThatAreNoRectangle() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Picture(2, 2, new int[3]))
        .withMessage("expected 2 x 2 pixels, at least one, found 3");
  }
}
