package backsweep.network;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a layer computes, one record a kind; its name and inputs are in the {@link Node}s that apply
 * it. Closed: the graph builder lowers every kind.
 *
 * <p>A Keras layer with a fused activation becomes two nodes of the same name, the layer itself and
 * an {@link Activate}; so every kind here is linear or an activation, never both.
 */
public sealed interface Layer extends Serializable
    permits Input,
        Convolution,
        DepthwiseConvolution,
        Dense,
        Pooling,
        GlobalPooling,
        Upsampling,
        ZeroPadding,
        Cropping,
        BatchNormalization,
        LayerNormalization,
        GroupNormalization,
        Standardization,
        Activate,
        Prelu,
        Rescaling,
        Truncation,
        Merge,
        Concatenation,
        Flatten,
        Reshape,
        Permutation,
        Identity {

  /**
   * The output shape for these input shapes, all without the image axis.
   *
   * @throws IllegalArgumentException if the inputs do not fit, with what was expected and found
   */
  Shape outputShape(List<Shape> inputs);

  /** The variables it needs for these input shapes, in Keras' order; none by default. */
  default List<Variable> variables(List<Shape> inputs) {
    return List.of();
  }

  /** Whether every output channel depends on the same channel of one input only. */
  default boolean actsPerChannel() {
    return false;
  }

  /**
   * Whether a channel that is 0 everywhere comes out as 0 everywhere, for every channel; decided by
   * evaluating f(0). Asked of layers that act per channel.
   *
   * @param variables this layer's variables by name
   */
  default boolean keepsZero(Map<String, Tensor> variables) {
    return false;
  }

  /** The only input shape, checked to be the only one. */
  static Shape single(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("expected one input, found " + inputs.size());
    }
    return inputs.get(0);
  }

  /** The only input shape, checked to be the only one and of this rank. */
  static Shape single(List<Shape> inputs, int rank) {
    Shape input = single(inputs);
    if (input.rank() != rank) {
      String axes = rank == 3 ? "(height, width, channel)" : rank + " axes";
      throw new IllegalArgumentException(
          "expected an input of %s, found shape %s".formatted(axes, input));
    }
    return input;
  }
}
