package backsweep.tensorflow;

import backsweep.network.Shape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What becomes of some nodes' outputs, channel by channel, before those behind see them. */
interface ChannelChange {

  /**
   * A node's output as those behind it see it.
   *
   * @param shape of one image there
   */
  Operand<TFloat32> apply(int node, Operand<TFloat32> value, Shape shape);

  /**
   * Values of channels, in the axes of a feature map.
   *
   * @param channels {@code (image, channel)}
   * @param shape of one image there
   * @return with axes of one between the two
   */
  static <T extends org.tensorflow.types.family.TType> Operand<T> aligned(
      Ops tf, Operand<T> channels, Shape shape) {
    Operand<T> aligned = channels;
    for (int axis = 1; axis < shape.rank(); axis++) {
      aligned = tf.expandDims(aligned, tf.constant(1));
    }
    return aligned;
  }
}
