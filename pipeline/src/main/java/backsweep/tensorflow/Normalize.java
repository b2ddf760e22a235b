package backsweep.tensorflow;

import backsweep.network.BatchNormalization;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Batch normalisation by given statistics, in operations that have gradients. */
final class Normalize {

  private Normalize() {}

  /**
   * {@code gamma (x - mean) / sqrt(variance + epsilon) + beta}, the variables of the layer being
   * those of the place.
   *
   * @param mean {@code (channel)}
   * @param variance {@code (channel)}
   */
  static Operand<TFloat32> by(
      BatchNormalization layer,
      LoweringPlace place,
      Operand<TFloat32> mean,
      Operand<TFloat32> variance) {
    Ops tf = place.tf();
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant(layer.epsilon())));
    if (layer.scale()) {
      factor = tf.math.mul(factor, place.variable("gamma"));
    }
    Operand<TFloat32> offset = tf.math.neg(tf.math.mul(mean, factor));
    if (layer.center()) {
      offset = tf.math.add(offset, place.variable("beta"));
    }
    return tf.math.add(tf.math.mul(place.input(), factor), offset);
  }
}
