package backsweep.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Collects the images of a block: checks and reorders each, and keeps the values as bytes as long
 * as all are integers, as floats from the first one that is not.
 */
public final class BlockPixels {

  private static final int LARGEST = 255;

  private final ImageShape shape;
  private final int images;

  /** How far apart the values of two channels, and of two positions, are given. */
  private final int channelStride;

  private final int positionStride;
  private byte[] bytes;
  private FloatBuffer floats;
  private int added;

  /**
   * Room for so many images of a shape.
   *
   * @param layout the order in which the values of each come
   */
  public BlockPixels(ImageShape shape, int images, ImageLayout layout) {
    this.shape = shape;
    this.images = images;
    this.channelStride = layout == ImageLayout.NCHW ? shape.positions() : 1;
    this.positionStride = layout == ImageLayout.NCHW ? 1 : shape.channels();
    this.bytes = new byte[images * shape.values()];
  }

  /**
   * Adds the next image.
   *
   * @param values of the image
   * @return the index of the first value that is not a number in 0..255, or -1 if all are
   */
  public int add(double[] values) {
    if (floats == null && !putBytes(values)) {
      widen();
    }
    if (floats != null) {
      int bad = putFloats(values);
      if (bad >= 0) {
        return bad;
      }
    }
    added++;
    return -1;
  }

  /** The images added. */
  public Pixels pixels() {
    return new Pixels(shape, floats == null ? PixelEncoding.UINT8 : PixelEncoding.FLOAT32, bytes);
  }

  /** Whether all values were integers in range; -0 counts as 0. */
  private boolean putBytes(double[] values) {
    int positions = shape.positions();
    int channels = shape.channels();
    int start = added * shape.values();
    for (int channel = 0; channel < channels; channel++) {
      int target = start + channel;
      int i = channel * channelStride;
      for (int position = 0; position < positions; position++, i += positionStride) {
        double value = values[i];
        int integer = (int) (float) value;
        if (integer != (float) value || !(value >= 0 && value <= LARGEST)) {
          return false;
        }
        bytes[target] = (byte) integer;
        target += channels;
      }
    }
    return true;
  }

  private int putFloats(double[] values) {
    int positions = shape.positions();
    int channels = shape.channels();
    int start = added * shape.values();
    for (int channel = 0; channel < channels; channel++) {
      int target = start + channel;
      int i = channel * channelStride;
      for (int position = 0; position < positions; position++, i += positionStride) {
        double value = values[i];
        if (!(value >= 0 && value <= LARGEST)) {
          return i;
        }
        floats.put(target, (float) value);
        target += channels;
      }
    }
    return -1;
  }

  /** Goes over from bytes to floats, taking the images added so far along. */
  private void widen() {
    byte[] narrow = bytes;
    bytes = new byte[images * shape.values() * Float.BYTES];
    floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    PixelEncoding.UINT8.copy(narrow, 0, added * shape.values(), floats.duplicate());
  }
}
