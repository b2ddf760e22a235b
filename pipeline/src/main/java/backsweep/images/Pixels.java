package backsweep.images;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/** The pixel values of consecutive images of one shape. Immutable: bytes are copied in and out. */
public final class Pixels implements Serializable {

  private static final long serialVersionUID = 1;

  private final ImageShape shape;
  private final PixelEncoding encoding;
  private final byte[] bytes;

  /**
   * The pixels of one or more images.
   *
   * @param shape the shape of each image
   * @param encoding how the values are kept
   * @param bytes the encoded values in the order {@code (image, height, width, channel)}
   * @throws IllegalArgumentException if the bytes are not a whole number of images
   */
  public Pixels(ImageShape shape, PixelEncoding encoding, byte[] bytes) {
    int imageBytes = shape.values() * encoding.bytesPerValue();
    if (bytes.length == 0 || bytes.length % imageBytes != 0) {
      throw new IllegalArgumentException(
          "expected a multiple of %d bytes for %s images of shape %s, found %d"
              .formatted(imageBytes, encoding, shape, bytes.length));
    }
    this.shape = shape;
    this.encoding = encoding;
    this.bytes = bytes.clone();
  }

  /**
   * The pixels of one or more images, kept as bytes if all values are integers in 0..255, else as
   * floats.
   *
   * @param shape the shape of each image
   * @param values in the order {@code (image, height, width, channel)}
   * @throws IllegalArgumentException if the values are not a whole number of images
   */
  public static Pixels of(ImageShape shape, float[] values) {
    PixelEncoding encoding = PixelEncoding.UINT8;
    for (float value : values) {
      encoding = encoding.holds(value) ? encoding : PixelEncoding.FLOAT32;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * encoding.bytesPerValue())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      encoding.put(value, bytes);
    }
    return new Pixels(shape, encoding, bytes.array());
  }

  /** The shape of each image. */
  public ImageShape shape() {
    return shape;
  }

  /** How the values are kept. */
  public PixelEncoding encoding() {
    return encoding;
  }

  /** The number of images. */
  public int images() {
    return bytes.length / encoding.bytesPerValue() / shape.values();
  }

  /** A copy of the encoded values in the order {@code (image, height, width, channel)}. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Some consecutive images of these. */
  public Pixels slice(int first, int count) {
    Objects.checkFromIndexSize(first, count, images());
    int imageBytes = shape.values() * encoding.bytesPerValue();
    return new Pixels(
        shape,
        encoding,
        Arrays.copyOfRange(bytes, first * imageBytes, (first + count) * imageBytes));
  }

  /**
   * Puts the values of some images at the target's position, as float32 in the order {@code (image,
   * height, width, channel)}.
   *
   * @param first the first image
   * @param count how many images
   * @param target where to put them; its position moves behind them
   */
  public void copy(int first, int count, FloatBuffer target) {
    Objects.checkFromIndexSize(first, count, images());
    encoding.copy(bytes, first * shape.values(), count * shape.values(), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pixels pixels
        && shape.equals(pixels.shape)
        && encoding == pixels.encoding
        && Arrays.equals(bytes, pixels.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape, encoding, Arrays.hashCode(bytes));
  }

  @Override
  public String toString() {
    return "%d images of shape %s as %s".formatted(images(), shape, encoding);
  }
}
