package backsweep.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What pixels are divided by before a network's first layer.
 *
 * @param divisor above 0; 1 for pixels as they are
 */
record InputScale(float divisor) {

  InputScale {
    if (!(divisor > 0) || Float.isInfinite(divisor)) {
      throw new IllegalArgumentException(
          "the input scale must be a positive number, found " + divisor);
    }
  }

  /**
   * Pixels divided by a placeholder that nobody feeds: TensorFlow would turn the division by a
   * constant into a product with its reciprocal and fold that into the first convolution, which
   * rounds differently.
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> image) {
    if (divisor == 1) {
      return image;
    }
    return tf.math.div(image, tf.placeholderWithDefault(tf.constant(divisor), Shape.scalar()));
  }
}
