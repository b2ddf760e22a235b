package backsweep.tensorflow;

import backsweep.network.Shape;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Sets pruned channels to 0 where the mask of a convolution stands.
 *
 * <p>A select, not a product: 0 x infinity would be NaN.
 *
 * @param tf where the operations are added
 * @param masks the nodes whose output is masked
 * @param keep which channels are kept, {@code (image, channel)}; one row where all images agree
 */
record ChannelSelect(Ops tf, Set<Integer> masks, Operand<TBool> keep) implements ChannelChange {

  /** Masks nothing. */
  static ChannelSelect none(Ops tf) {
    return new ChannelSelect(tf, Set.of(), null);
  }

  @Override
  public Operand<TFloat32> apply(int node, Operand<TFloat32> value, Shape shape) {
    if (!masks.contains(node)) {
      return value;
    }
    return tf.select(ChannelChange.aligned(tf, keep, shape), value, tf.constant(0f));
  }
}
