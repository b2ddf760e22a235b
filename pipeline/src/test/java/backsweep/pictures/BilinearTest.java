package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import backsweep.images.ImageShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearTest {

  /**
   * Values go up to 255; TensorFlow may use fused operations, which round once instead of twice.
   */
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({"24,20", "7,5", "13,40", "1,1", "5,19"})
  void scalesAsTensorFlowDoes(int height, int width) throws IOException {
    FloatBuffer expected =
        ByteBuffer.wrap(PictureFiles.bytes("good/%dx%d.scaled".formatted(height, width)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    double[] values = values(new ImageShape(height, width, 3), true);
    assertThat(values).hasSize(expected.remaining());
    for (double value : values) {
      assertThat(value).isCloseTo(expected.get(), within(TOLERANCE));
    }
  }

  @Test
  void leavesThePictureThatFitsAsItIs() throws IOException {
    assertThat(values(PictureFiles.COLOUR, true)).isEqualTo(values(PictureFiles.COLOUR, false));
  }

  @Test
  void isOnlyDoneWhenAsked() {
    assertThatThrownBy(() -> values(new ImageShape(24, 20, 3), false))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage(
            "expected 20 x 24 pixels (width x height), which the network takes, found 19 x 13");
  }

  private static double[] values(ImageShape shape, boolean isResized) throws IOException {
    return new PictureFit(shape, isResized).values(PictureFiles.bytes("good/rgb.png"));
  }
}
