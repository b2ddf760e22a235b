package backsweep.network;

import java.io.Serializable;
import java.nio.FloatBuffer;

/**
 * The values of one trained variable, row-major, immutable.
 *
 * <p>Values are copied in and seen through read-only views only, so large weights exist once.
 */
public final class Tensor implements Serializable {

  private static final long serialVersionUID = 1;

  private final Shape shape;
  private final float[] values;

  private Tensor(Shape shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * A tensor with a copy of these values.
   *
   * @throws IllegalArgumentException if the count of values is not that of the shape
   */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape %s has %d elements, found %d values"
              .formatted(shape, shape.size(), values.length));
    }
    return new Tensor(shape, values.clone());
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** One value by its row-major index. */
  public float at(int index) {
    return values[index];
  }

  /** All values, row-major, as a read-only view. */
  public FloatBuffer values() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }

  /**
   * A copy in which the channels that are not kept, slices of the last axis, are 0: what pruning
   * does to a kernel and a bias.
   */
  public Tensor masked(ChannelMask mask) {
    if (mask.channels() != shape.channels()) {
      throw new IllegalArgumentException(
          "the mask has %d channels, the last axis of %s has %d"
              .formatted(mask.channels(), shape, shape.channels()));
    }
    float[] masked = values.clone();
    for (int i = 0; i < masked.length; i++) {
      if (!mask.keeps(i % mask.channels())) {
        masked[i] = 0;
      }
    }
    return new Tensor(shape, masked);
  }

  /**
   * A copy in which the channels that are not kept, slices of the last axis, are those of another
   * tensor of the same shape.
   */
  public Tensor withChannelsOf(Tensor other, ChannelMask kept) {
    if (!shape.equals(other.shape) || kept.channels() != shape.channels()) {
      throw new IllegalArgumentException(
          "expected a tensor of shape %s and a mask of its channels, found %s and %d channels"
              .formatted(shape, other.shape, kept.channels()));
    }
    float[] mixed = values.clone();
    for (int i = 0; i < mixed.length; i++) {
      if (!kept.keeps(i % kept.channels())) {
        mixed[i] = other.values[i];
      }
    }
    return new Tensor(shape, mixed);
  }

  /** A copy with every value divided by a number. */
  public Tensor dividedBy(float divisor) {
    float[] quotients = values.clone();
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] /= divisor;
    }
    return new Tensor(shape, quotients);
  }

  /** Whether no value is infinite or NaN. */
  public boolean isFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the other tensor has the same shape and, by {@code ==}, the same values. */
  public boolean sameValues(Tensor other) {
    if (!shape.equals(other.shape)) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] != other.values[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
