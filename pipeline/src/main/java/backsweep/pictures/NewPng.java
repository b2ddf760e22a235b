package backsweep.pictures;

import backsweep.images.ImageShape;
import backsweep.images.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An image as a PNG file to look at, with nothing in it but pixels: values are rounded, and large
 * images are made smaller.
 *
 * @param width columns
 * @param height rows
 * @param file its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
public record NewPng(int width, int height, byte[] file) {

  /** The longest side of a picture, in pixels. */
  public static final int LONGEST_SIDE = 128;

  private static final int LARGEST = 255;
  private static final int GREY = 1;
  private static final int COLOUR = 3;
  private static final String JDK_MODULE = "java.desktop";

  /** Copies the bytes. */
  public NewPng {
    file = file.clone();
  }

  /** A copy of the bytes of the file. */
  @Override
  public byte[] file() {
    return file.clone();
  }

  /** Whether images of a shape are pictures: grey (1 channel) or in colour (3). */
  public static boolean isPossible(ImageShape shape) {
    return shape.channels() == GREY || shape.channels() == COLOUR;
  }

  /** How many pixels of a side of an image make up one of its picture: 1, 2, 3, ... */
  public static int reduction(ImageShape shape) {
    int longest = Math.max(shape.height(), shape.width());
    return (longest + LONGEST_SIDE - 1) / LONGEST_SIDE;
  }

  /**
   * One of some images.
   *
   * @param pixels values from 0 to 255
   * @throws UnusablePictureException if they have neither one channel nor three
   */
  public static NewPng of(Pixels pixels, int image) {
    ImageShape shape = pixels.shape();
    if (!isPossible(shape)) {
      throw new UnusablePictureException(
          "expected images of 1 or 3 channels to make pictures of, found " + shape);
    }
    FloatBuffer values = FloatBuffer.allocate(shape.values());
    pixels.copy(image, 1, values);
    int side = reduction(shape);
    int width = (shape.width() + side - 1) / side;
    int height = (shape.height() + side - 1) / side;
    int kind = shape.channels() == GREY ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage picture = new BufferedImage(width, height, kind);
    // Samples, not colours: those of a grey picture would be converted from another colour space.
    picture.getRaster().setPixels(0, 0, width, height, samples(values, shape, width, height));
    return new NewPng(width, height, encoded(picture));
  }

  /** Means of squares, which are cut at the right and the lower edge. */
  private static int[] samples(FloatBuffer values, ImageShape shape, int width, int height) {
    int[] samples = new int[height * width * shape.channels()];
    int next = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          double mean = mean(values, shape, row, column, channel);
          samples[next++] = (int) Math.max(0, Math.min(LARGEST, Math.round(mean)));
        }
      }
    }
    return samples;
  }

  private static double mean(
      FloatBuffer values, ImageShape shape, int row, int column, int channel) {
    int side = reduction(shape);
    int lastRow = Math.min(shape.height(), (row + 1) * side);
    int lastColumn = Math.min(shape.width(), (column + 1) * side);
    double sum = 0;
    for (int y = row * side; y < lastRow; y++) {
      for (int x = column * side; x < lastColumn; x++) {
        sum += values.get((y * shape.width() + x) * shape.channels() + channel);
      }
    }
    return sum / ((lastRow - row * side) * (lastColumn - column * side));
  }

  private static byte[] encoded(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriter writer = writer();
      try {
        writer.setOutput(out);
        writer.write(new IIOImage(picture, null, null));
      } finally {
        writer.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory it never comes
    }
    return bytes.toByteArray();
  }

  private static ImageWriter writer() throws IOException {
    Iterator<ImageWriterSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(ImageWriterSpi.class, NewPng::isJdkPng, true);
    if (!providers.hasNext()) {
      throw new IllegalStateException("this Java platform has no writer of PNG files");
    }
    return providers.next().createWriterInstance();
  }

  private static boolean isJdkPng(Object provider) {
    return provider instanceof ImageWriterSpi writer
        && JDK_MODULE.equals(writer.getClass().getModule().getName())
        && List.of(writer.getFormatNames()).contains("png");
  }
}
