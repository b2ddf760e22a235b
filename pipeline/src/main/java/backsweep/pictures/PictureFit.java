package backsweep.pictures;

import backsweep.images.ImageShape;
import java.io.Serializable;

/**
 * Which pictures a network takes, and what it gets of them.
 *
 * @param shape of an image that the network takes
 * @param isResized whether pictures of other sizes are scaled to it
 */
public record PictureFit(ImageShape shape, boolean isResized) implements Serializable {

  /** The most bytes that a file may have. */
  public static final int MOST_BYTES = 1 << 26;

  /** The most pixels of a picture that is to be scaled. */
  private static final int MOST_PIXELS = 1 << 24;

  /**
   * Checks that the network can look at pictures.
   *
   * @throws UnusablePictureException if it takes neither one channel nor three
   */
  public void check() {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new UnusablePictureException(
          "expected a network that takes images of 1 or 3 channels for a folder of pictures, found %s"
              .formatted(shape));
    }
  }

  /**
   * Checks what a file says about itself; nothing is decoded.
   *
   * @throws UnusablePictureException if it is no picture, or not one that fits
   */
  public void check(byte[] file) {
    fitting(file);
  }

  private EncodedPicture fitting(byte[] file) {
    if (file.length > MOST_BYTES) {
      throw new UnusablePictureException(
          "expected a file of at most %d bytes, found more".formatted(MOST_BYTES));
    }
    EncodedPicture picture = EncodedPicture.of(file);
    PictureHeader header = picture.header();
    if (header.channels() != shape.channels()) {
      throw new UnusablePictureException(
          "expected %s, which the network takes, found %s"
              .formatted(words(shape.channels()), words(header.channels())));
    }
    if (isResized) {
      checkPixels(header);
    } else if (header.width() != shape.width() || header.height() != shape.height()) {
      throw new UnusablePictureException(
          "expected %d x %d pixels (width x height), which the network takes, found %d x %d"
              .formatted(shape.width(), shape.height(), header.width(), header.height()));
    }
    return picture;
  }

  private static String words(int channels) {
    return channels == 1 ? "a grey picture (1 channel)" : "a picture in colour (3 channels)";
  }

  private static void checkPixels(PictureHeader header) {
    if ((long) header.width() * header.height() > MOST_PIXELS) {
      throw new UnusablePictureException(
          "expected at most %d pixels, found %d x %d (width x height)"
              .formatted(MOST_PIXELS, header.width(), header.height()));
    }
  }

  /**
   * What the network gets of a picture, in the order {@code (height, width, channel)}, from 0 to
   * 255.
   *
   * @throws UnusablePictureException if the file is no picture that fits, or damaged
   */
  public double[] values(byte[] file) {
    DecodedPicture picture = fitting(file).decode();
    boolean isFitting = picture.width() == shape.width() && picture.height() == shape.height();
    return isFitting ? picture.values() : Bilinear.scaled(picture, shape);
  }
}
