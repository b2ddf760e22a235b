package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageShape;
import backsweep.images.Picture;
import backsweep.images.Pixels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewPngTest {

  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;

  @TempDir private Path folder;

  private static Pixels pixels(ImageShape shape, int images, IntFunction<Float> value) {
    float[] values = new float[images * shape.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(i);
    }
    return Pixels.of(shape, values);
  }

  /** What a reader of strangers' files makes of it. */
  private void assertPicture(NewPng png, IntUnaryOperator argb) throws IOException {
    Path file = Files.write(folder.resolve("new.png"), png.file());
    int[] expected = new int[png.width() * png.height()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = argb.applyAsInt(i);
    }
    assertThat(PngFile.read(file)).isEqualTo(new Picture(png.width(), png.height(), expected));
  }

  private static int argb(int red, int green, int blue) {
    return 255 << 24 | red << 16 | green << 8 | blue;
  }

  @Test
  void coloursComeBackAsTheyWere() throws IOException {
    ImageShape shape = new ImageShape(4, 6, 3);
    Pixels images = pixels(shape, 2, i -> (float) (i * 37 % 256));

    NewPng png = NewPng.of(images, 1);

    assertThat(png.width()).isEqualTo(6);
    assertThat(png.height()).isEqualTo(4);
    assertPicture(
        png,
        i -> {
          int first = shape.values() + 3 * i;
          return argb(first * 37 % 256, (first + 1) * 37 % 256, (first + 2) * 37 % 256);
        });
  }

  @Test
  void greyComesBackAsItWas() throws IOException {
    Pixels images = pixels(new ImageShape(16, 16, 1), 1, i -> (float) i);

    assertPicture(NewPng.of(images, 0), i -> argb(i, i, i));
  }

  @Test
  void valuesBetweenAreRounded() throws IOException {
    float[] values = {0, 0.4f, 0.6f, 254.4f, 254.6f, 255};
    int[] expected = {0, 0, 1, 254, 255, 255};

    NewPng png = NewPng.of(Pixels.of(new ImageShape(2, 3, 1), values), 0);

    assertPicture(png, i -> argb(expected[i], expected[i], expected[i]));
  }

  @Test
  void largeImagesAreMeansOfSquares() throws IOException {
    ImageShape shape = new ImageShape(7, 3 * NewPng.LONGEST_SIDE - 1, 1);
    Pixels images = pixels(shape, 1, i -> (float) (10 * (i % shape.width() / 3 % 20)));

    NewPng png = NewPng.of(images, 0);

    assertThat(NewPng.reduction(shape)).isEqualTo(3);
    assertThat(png.width()).isEqualTo(NewPng.LONGEST_SIDE);
    assertThat(png.height()).isEqualTo(3);
    assertPicture(
        png,
        i -> {
          int value = 10 * (i % NewPng.LONGEST_SIDE % 20);
          return argb(value, value, value);
        });
  }

  @Test
  void nothingIsInItButPixels() {
    NewPng png = NewPng.of(pixels(new ImageShape(5, 5, 3), 1, i -> (float) i), 0);

    assertThat(parts(png.file())).startsWith("IHDR").endsWith("IEND").hasSizeGreaterThan(2);
    assertThat(parts(png.file()).stream().distinct()).containsExactly("IHDR", "IDAT", "IEND");
  }

  private static List<String> parts(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    List<String> parts = new ArrayList<>();
    for (int part = SIGNATURE; part < file.length; part += FRAME + bytes.getInt(part)) {
      parts.add(new String(file, part + Integer.BYTES, 4, StandardCharsets.US_ASCII));
    }
    return parts;
  }

  @Test
  void imagesOfOtherChannelsAreNoPictures() {
    Pixels images = pixels(new ImageShape(2, 2, 4), 1, i -> (float) i);

    assertThat(NewPng.isPossible(images.shape())).isFalse();
    assertThatThrownBy(() -> NewPng.of(images, 0))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage(
            "expected images of 1 or 3 channels to make pictures of, found (height 2, width 2,"
                + " channels 4)");
  }
}
