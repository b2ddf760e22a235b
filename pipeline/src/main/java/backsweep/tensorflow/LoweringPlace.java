package backsweep.tensorflow;

import backsweep.network.Shape;
import backsweep.network.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a layer meets where it is applied.
 *
 * @param tf where its operations are added
 * @param inputs its inputs, the image axis first
 * @param inputShapes their shapes, without the image axis
 * @param variables its variables by name
 * @param constants makes a variable a constant of the graph, each once
 */
record LoweringPlace(
    Ops tf,
    List<Operand<TFloat32>> inputs,
    List<Shape> inputShapes,
    Map<String, Tensor> variables,
    Function<Tensor, Operand<TFloat32>> constants) {

  /** The first or only input. */
  Operand<TFloat32> input() {
    return inputs.get(0);
  }

  /** The shape of the first or only input, without the image axis. */
  Shape inputShape() {
    return inputShapes.get(0);
  }

  /** One of the layer's variables. */
  Operand<TFloat32> variable(String name) {
    return constants.apply(variables.get(name));
  }

  /** The dimensions of as many images as there are, each of this shape. */
  Operand<TInt32> batchOf(Shape shape) {
    int[] dimensions = new int[shape.rank() + 1];
    dimensions[0] = -1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      dimensions[axis + 1] = shape.dimension(axis);
    }
    return tf.array(dimensions);
  }

  /** The input plus the variable {@code bias} along the last axis, if the layer has one. */
  Operand<TFloat32> biased(Operand<TFloat32> value, boolean bias) {
    return bias ? tf.nn.biasAdd(value, variable("bias")) : value;
  }
}
