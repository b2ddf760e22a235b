package backsweep.tensorflow;

import backsweep.network.Tensor;
import java.util.IdentityHashMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** For inference: every variable becomes a constant, once. */
final class ConstantWeights implements LoweringMode {

  private final Ops tf;
  private final IdentityHashMap<Tensor, Operand<TFloat32>> constants = new IdentityHashMap<>();

  ConstantWeights(Ops tf) {
    this.tf = tf;
  }

  @Override
  public Operand<TFloat32> variable(Tensor tensor) {
    return constants.computeIfAbsent(
        tensor, key -> tf.constant(Shape.of(key.shape().toLongs()), DataBuffers.of(key.values())));
  }
}
