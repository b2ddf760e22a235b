package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageShape;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFitTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rgb.png | 1 | a grey picture (1 channel), which the network takes, found a picture in colour
          palette.png | 1 | a grey picture (1 channel), which the network takes, found a picture in c
          grey.png | 3 | a picture in colour (3 channels), which the network takes, found a grey pict
          grey.jpg | 3 | a picture in colour (3 channels), which the network takes, found a grey pict
          """)
  void refusesOtherChannels(String name, int channels, String problem) throws IOException {
    byte[] file = PictureFiles.bytes("good/" + name);
    assertThatThrownBy(() -> new PictureFit(new ImageShape(13, 19, channels), true).check(file))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void looksAtHeadersOnly() throws IOException {
    byte[] damaged = PictureFiles.bytes("bad/too_few_rows.png");
    PictureFit fit = new PictureFit(PictureFiles.COLOUR, false);
    assertThatCode(() -> fit.check(damaged)).doesNotThrowAnyException();
    assertThatThrownBy(() -> fit.values(damaged)).isInstanceOf(UnusablePictureException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"huge.png", "huge.jpg"})
  void refusesToScaleWhatWouldTakeTooMuchMemory(String name) throws IOException {
    byte[] file = PictureFiles.bytes("bad/" + name);
    assertThatThrownBy(() -> new PictureFit(PictureFiles.COLOUR, true).values(file))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageStartingWith("expected at most 16777216 pixels, found ");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    byte[] large = Arrays.copyOf(PictureFiles.bytes("good/rgb.png"), PictureFit.MOST_BYTES + 1);
    assertThatThrownBy(() -> new PictureFit(PictureFiles.COLOUR, false).check(large))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage("expected a file of at most 67108864 bytes, found more");
  }

  @Test
  void refusesANetworkThatTakesNoPictures() {
    assertThatThrownBy(() -> new PictureFit(new ImageShape(13, 19, 2), false).check())
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageContaining("expected a network that takes images of 1 or 3 channels");
  }
}
