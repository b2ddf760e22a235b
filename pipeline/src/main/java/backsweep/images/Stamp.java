package backsweep.images;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What a trigger does to images of one shape: of a value {@code x} it makes {@code keep x + add},
 * rounded to the nearest integer (of two to the even one) and cut to 0..255, and leaves alone what
 * it doesn't touch. Immutable once a trigger has made it.
 */
public final class Stamp implements Serializable {

  private static final long serialVersionUID = 1;
  private static final double LARGEST = 255;

  private final ImageShape shape;
  private final double[] keep;
  private final double[] add;

  /** A stamp that changes nothing. */
  Stamp(ImageShape shape) {
    this.shape = shape;
    this.keep = new double[shape.values()];
    this.add = new double[shape.values()];
    Arrays.fill(keep, 1);
  }

  /** Covers a value with another one, opaque if {@code alpha} is 1. */
  void blend(int index, double alpha, double value) {
    keep[index] = 1 - alpha;
    add[index] = alpha * value;
  }

  /** Adds to a value. */
  void add(int index, double value) {
    add[index] = value;
  }

  /** The index of a value in an image of the order {@code (height, width, channel)}. */
  int index(int row, int column, int channel) {
    return (row * shape.width() + column) * shape.channels() + channel;
  }

  /** The shape of the images it is for. */
  public ImageShape shape() {
    return shape;
  }

  /** A hash of what it does: equal for stamps that do the same. 64 hex digits. */
  public String sha256() {
    ByteBuffer bytes = ByteBuffer.allocate(2 * keep.length * Double.BYTES);
    bytes.asDoubleBuffer().put(keep).put(add);
    return FileHash.sha256(bytes.array());
  }

  /**
   * The images with the trigger.
   *
   * @throws IllegalArgumentException if they have another shape
   */
  public Pixels stamp(Pixels clean) {
    if (!clean.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "expected images of shape %s, found %s".formatted(shape, clean));
    }
    float[] values = new float[clean.images() * shape.values()];
    clean.copy(0, clean.images(), FloatBuffer.wrap(values));
    for (int i = 0; i < values.length; i++) {
      values[i] = stamped(values[i], i % shape.values());
    }
    return Pixels.of(shape, values);
  }

  private float stamped(float value, int index) {
    if (keep[index] == 1 && add[index] == 0) {
      return value;
    }
    double exact = keep[index] * value + add[index];
    return (float) Math.max(0, Math.min(LARGEST, Math.rint(exact)));
  }
}
