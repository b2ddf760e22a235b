package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.images.ImageShape;
import backsweep.testing.RealKeras;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decodes and scales larger pictures of many kinds as TensorFlow does, and as Pillow does where
 * that is installed; skipped where the property {@code keras.python} is unset.
 */
class PicturesInTensorFlowTest {

  private static final double SCALING_TOLERANCE = 1e-3;
  private static final int WIDTH = 101;
  private static final int HEIGHT = 75;

  @TempDir private Path folder;

  @Test
  void arePicturesOfTheSamePixels() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    keras.run("decode_pictures.py", List.of(folder.toString()));
    List<Path> pictures = pictures();

    assertThat(pictures).hasSize(6 * (3 + 16));
    for (Path picture : pictures) {
      int channels = picture.getFileName().toString().startsWith("grey") ? 1 : 3;
      byte[] file = Files.readAllBytes(picture);
      double[] values = new PictureFit(new ImageShape(HEIGHT, WIDTH, channels), false).values(file);
      assertClose(values, picture, ".tensorflow");
      if (Files.exists(Path.of(picture + ".pillow"))) {
        assertClose(values, picture, ".pillow");
      }
      assertScaled(new PictureFit(new ImageShape(24, 20, channels), true).values(file), picture);
    }
  }

  private List<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.(png|jpg)")).sorted().toList();
    }
  }

  private static void assertClose(double[] values, Path picture, String oracle) throws IOException {
    byte[] expected = Files.readAllBytes(Path.of(picture + oracle));
    assertThat(values).hasSize(expected.length);
    int differing = 0;
    int furthest = 0;
    for (int i = 0; i < values.length; i++) {
      int difference = Math.abs((int) values[i] - (expected[i] & 0xff));
      differing += difference == 0 ? 0 : 1;
      furthest = Math.max(furthest, difference);
    }
    assertThat(furthest)
        .as("%s%s: %d of %d values differ", picture, oracle, differing, values.length)
        .isZero();
  }

  private static void assertScaled(double[] values, Path picture) throws IOException {
    FloatBuffer expected =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(picture + ".scaled")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertThat(values).hasSize(expected.remaining());
    for (double value : values) {
      assertThat(value).as("%s", picture).isCloseTo(expected.get(), within(SCALING_TOLERANCE));
    }
  }
}
