package backsweep.images;

import java.io.Serializable;
import java.util.Arrays;

/** A small picture in colour with an opacity for each pixel, 8 bits each. Immutable. */
public final class Picture implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int OPAQUE = 255;

  private final int width;
  private final int height;
  private final int[] argb;

  /**
   * A picture.
   *
   * @param width columns
   * @param height rows
   * @param argb a pixel each, {@code (height, width)}: opacity, red, green, blue, from the highest
   *     byte to the lowest
   * @throws IllegalArgumentException if the pixels are not {@code height * width}
   */
  public Picture(int width, int height, int[] argb) {
    if (width < 1 || height < 1 || (long) width * height != argb.length) {
      throw new IllegalArgumentException(
          "expected %d x %d pixels, at least one, found %d".formatted(width, height, argb.length));
    }
    this.width = width;
    this.height = height;
    this.argb = argb.clone();
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** The pixels, {@code (height, width)}: opacity, red, green, blue. */
  public int[] argb() {
    return argb.clone();
  }

  /**
   * Checks that the channels of images can be taken from the picture: three, or one of a grey one.
   *
   * @throws UnfitAttackException if they cannot
   */
  void checkChannels(ImageShape shape) {
    if (shape.channels() == 1 && !isGrey()) {
      throw new UnfitAttackException(
          "expected a grey picture for images of one channel, found a picture in colour");
    }
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new UnfitAttackException(
          "expected images of 1 or 3 channels for a picture, found " + shape.channels());
    }
  }

  private boolean isGrey() {
    return Arrays.stream(argb)
        .allMatch(
            pixel -> value(pixel, 0) == value(pixel, 1) && value(pixel, 1) == value(pixel, 2));
  }

  /** Blends the picture into a part of an image that has room for it. */
  void blend(Stamp stamp, int left, int top, double alpha) {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int pixel = argb[row * width + column];
        double share = alpha * (pixel >>> 24) / OPAQUE;
        for (int channel = 0; channel < stamp.shape().channels(); channel++) {
          stamp.blend(stamp.index(top + row, left + column, channel), share, value(pixel, channel));
        }
      }
    }
  }

  /** Red, green or blue. */
  private static int value(int pixel, int channel) {
    return pixel >>> (16 - 8 * channel) & 0xff;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && width == picture.width
        && Arrays.equals(argb, picture.argb);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(argb);
  }

  @Override
  public String toString() {
    return "picture of %d x %d (width x height)".formatted(width, height);
  }
}
