package backsweep.network;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The axes in another order.
 *
 * @param axes for every axis of the output that of the input, from 0, the image axis not counted
 */
public record Permutation(List<Integer> axes) implements Layer {

  /** Checks that every axis is there once. */
  public Permutation {
    axes = List.copyOf(axes);
    if (!axes.stream().sorted().toList().equals(IntStream.range(0, axes.size()).boxed().toList())) {
      throw new IllegalArgumentException("expected every axis once, found " + axes);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    if (input.rank() != axes.size()) {
      throw new IllegalArgumentException(
          "expected an input of %d axes, found shape %s".formatted(axes.size(), input));
    }
    return new Shape(axes.stream().map(input::dimension).toList());
  }
}
