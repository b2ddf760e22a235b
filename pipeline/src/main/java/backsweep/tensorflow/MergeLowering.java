package backsweep.tensorflow;

import backsweep.network.Concatenation;
import backsweep.network.Merge;
import backsweep.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Layers of several inputs in TensorFlow's operations. */
final class MergeLowering {

  private MergeLowering() {}

  static Operand<TFloat32> merge(Merge layer, LoweringPlace place) {
    Ops tf = place.tf();
    List<Operand<TFloat32>> inputs = aligned(layer, place);
    Operand<TFloat32> merged =
        inputs.stream().reduce((one, other) -> pair(tf, layer, one, other)).orElseThrow();
    return layer.operation() == Merge.Operation.AVERAGE
        ? tf.math.div(merged, tf.constant((float) inputs.size()))
        : merged;
  }

  /** The inputs with as many axes as the output, the image axis first. */
  private static List<Operand<TFloat32>> aligned(Merge layer, LoweringPlace place) {
    int rank = layer.outputShape(place.inputShapes()).rank();
    List<Operand<TFloat32>> aligned = new ArrayList<>();
    for (int input = 0; input < place.inputs().size(); input++) {
      Shape own = place.inputShapes().get(input);
      List<Integer> axes = new ArrayList<>(Collections.nCopies(rank - own.rank(), 1));
      axes.addAll(own.dimensions());
      Operand<TFloat32> value = place.inputs().get(input);
      aligned.add(
          own.rank() == rank ? value : place.tf().reshape(value, place.batchOf(new Shape(axes))));
    }
    return aligned;
  }

  private static Operand<TFloat32> pair(
      Ops tf, Merge layer, Operand<TFloat32> one, Operand<TFloat32> other) {
    return switch (layer.operation()) {
      case ADD, AVERAGE -> tf.math.add(one, other);
      case SUBTRACT -> tf.math.sub(one, other);
      case MULTIPLY -> tf.math.mul(one, other);
      case MAXIMUM -> tf.math.maximum(one, other);
      case MINIMUM -> tf.math.minimum(one, other);
    };
  }

  static Operand<TFloat32> concatenation(Concatenation layer, LoweringPlace place) {
    return place.tf().concat(place.inputs(), place.tf().constant(layer.axis() + 1));
  }
}
