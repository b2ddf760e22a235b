package backsweep.tensorflow;

import backsweep.network.Shape;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies the kernel and the bias of a convolution, channel by channel, by way of what it
 * answers: of an answer {@code a} with bias {@code b} it makes {@code kernel (a - b) + bias b}. So
 * answers can be computed once for all factors, and factors have gradients.
 *
 * @param tf where the operations are added
 * @param calls the nodes of the convolution
 * @param bias its bias, {@code (channel)}
 * @param kernelFactor of every channel, {@code (image, channel)}; one row for all images
 * @param biasFactor the same
 */
record ChannelScale(
    Ops tf,
    Set<Integer> calls,
    Operand<TFloat32> bias,
    Operand<TFloat32> kernelFactor,
    Operand<TFloat32> biasFactor)
    implements ChannelChange {

  @Override
  public Operand<TFloat32> apply(int node, Operand<TFloat32> value, Shape shape) {
    if (!calls.contains(node)) {
      return value;
    }
    Operand<TFloat32> weighted =
        tf.math.mul(tf.math.sub(value, bias), ChannelChange.aligned(tf, kernelFactor, shape));
    return tf.math.add(weighted, tf.math.mul(ChannelChange.aligned(tf, biasFactor, shape), bias));
  }
}
