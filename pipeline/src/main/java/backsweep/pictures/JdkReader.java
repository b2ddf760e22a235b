package backsweep.pictures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's own decoders; no other, whichever are on the class path. */
final class JdkReader {

  private static final String JDK_MODULE = "java.desktop";

  private JdkReader() {}

  /** What is read of a picture. */
  interface Action<T> {
    T read(ImageReader reader) throws IOException;
  }

  /**
   * Reads a picture; what is said of it beside its pixels is ignored.
   *
   * @param format the JDK's name of the format
   * @throws UnusablePictureException if it is damaged
   */
  static <T> T read(String format, byte[] bytes, Action<T> action) {
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      return read(reader(format), in, action);
    } catch (IOException e) {
      throw new UnusablePictureException("is damaged: " + e.getMessage(), e);
    }
  }

  private static <T> T read(ImageReader reader, ImageInputStream in, Action<T> action)
      throws IOException {
    try {
      Damage damage = new Damage();
      reader.addIIOReadWarningListener(damage);
      reader.setInput(in, true, true);
      T read = action.read(reader);
      damage.check();
      return read;
    } catch (UnusablePictureException e) {
      throw e;
    } catch (RuntimeException e) {
      // The JDK's decoders meet broken files with whatever exception comes.
      throw new UnusablePictureException("is damaged: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(String format) throws IOException {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(ImageReaderSpi.class, provider -> isJdk(provider, format), true);
    if (!providers.hasNext()) {
      throw new IllegalStateException("this Java platform has no reader of " + format + " files");
    }
    return providers.next().createReaderInstance();
  }

  private static boolean isJdk(Object provider, String format) {
    return provider instanceof ImageReaderSpi reader
        && JDK_MODULE.equals(reader.getClass().getModule().getName())
        && List.of(reader.getFormatNames()).contains(format);
  }
}
