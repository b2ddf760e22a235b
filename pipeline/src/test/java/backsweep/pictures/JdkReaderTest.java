package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class JdkReaderTest {

  /** A plug-in that says that it reads everything. */
  private static final class PlugIn extends ImageReaderSpi {

    private boolean isAsked;

    PlugIn() {
      super(
          "somebody",
          "1",
          new String[] {"png", "jpeg"},
          new String[] {"png", "jpg"},
          new String[] {"image/png", "image/jpeg"},
          "some.Reader",
          new Class<?>[] {ImageInputStream.class},
          null,
          false,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          null,
          null);
    }

    @Override
    public boolean canDecodeInput(Object source) {
      isAsked = true;
      return true;
    }

    @Override
    public ImageReader createReaderInstance(Object extension) throws IOException {
      isAsked = true;
      throw new IOException("the plug-in was run");
    }

    @Override
    public String getDescription(Locale locale) {
      return "a plug-in";
    }
  }

  @Test
  void noPlugInIsRun() throws IOException {
    PlugIn plugIn = new PlugIn();
    IIORegistry registry = IIORegistry.getDefaultInstance();
    registry.registerServiceProvider(plugIn, ImageReaderSpi.class);
    try {
      PictureFit fit = new PictureFit(PictureFiles.COLOUR, false);
      assertThat(fit.values(PictureFiles.bytes("good/rgb.png"))).isNotEmpty();
      assertThat(fit.values(PictureFiles.bytes("good/420.jpg"))).isNotEmpty();
      assertThat(PngFile.read(PictureFiles.path("good/rgb.png")).width()).isEqualTo(19);
      assertThat(plugIn.isAsked).isFalse();
    } finally {
      registry.deregisterServiceProvider(plugIn, ImageReaderSpi.class);
    }
  }
}
