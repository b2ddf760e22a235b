package backsweep.tensorflow;

import backsweep.network.GlobalPooling;
import backsweep.network.Pooling;
import backsweep.network.Reduction;
import backsweep.network.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Pooling in TensorFlow's operations, which as Keras never count the padding. */
final class PoolingLowering {

  private PoolingLowering() {}

  static Operand<TFloat32> pooling(Pooling layer, LoweringPlace place) {
    Window window = layer.window();
    int[] sizes = {1, window.height(), window.width(), 1};
    int[] strides = {1, window.rowStride(), window.columnStride(), 1};
    String padding = window.padding().name();
    Ops tf = place.tf();
    if (layer.reduction() == Reduction.MAXIMUM) {
      return tf.nn.maxPool(place.input(), tf.array(sizes), tf.array(strides), padding);
    }
    return tf.nn.avgPool(place.input(), longs(sizes), longs(strides), padding);
  }

  private static List<Long> longs(int[] values) {
    return Arrays.stream(values).mapToObj(Long::valueOf).toList();
  }

  static Operand<TFloat32> globalPooling(GlobalPooling layer, LoweringPlace place) {
    Ops tf = place.tf();
    Operand<TInt32> positions = tf.array(IntStream.range(1, place.inputShape().rank()).toArray());
    return layer.reduction() == Reduction.MAXIMUM
        ? tf.reduceMax(place.input(), positions, ReduceMax.keepDims(layer.keepDimensions()))
        : tf.math.mean(place.input(), positions, Mean.keepDims(layer.keepDimensions()));
  }
}
