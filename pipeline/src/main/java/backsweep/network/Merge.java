package backsweep.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Two or more inputs merged element by element. An axis of size 1 is repeated to meet a longer one,
 * and an input of fewer axes has axes of size 1 put before its own.
 *
 * @param operation what is made of the elements
 */
public record Merge(Operation operation) implements Layer {

  /** What is made of elements at the same place. */
  public enum Operation {
    /** Their sum. */
    ADD,
    /** The first one without the second; of two inputs only. */
    SUBTRACT,
    /** Their product. */
    MULTIPLY,
    /** Their mean. */
    AVERAGE,
    /** The largest. */
    MAXIMUM,
    /** The smallest. */
    MINIMUM
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (operation == Operation.SUBTRACT && inputs.size() != 2) {
      throw new IllegalArgumentException("expected two inputs, found " + inputs);
    }
    if (inputs.size() < 2) {
      throw misfit(inputs);
    }
    int rank = inputs.stream().mapToInt(Shape::rank).max().orElseThrow();
    List<Integer> merged = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      merged.add(size(inputs, axis - rank));
    }
    return new Shape(merged);
  }

  /** The size of an axis, counted from behind the last one: -1 is the last. */
  private static int size(List<Shape> inputs, int axis) {
    int size = 1;
    for (Shape input : inputs) {
      int own = input.rank() + axis < 0 ? 1 : input.dimension(input.rank() + axis);
      if (own != 1 && size != 1 && own != size) {
        throw misfit(inputs);
      }
      size = Math.max(size, own);
    }
    return size;
  }

  private static IllegalArgumentException misfit(List<Shape> inputs) {
    return new IllegalArgumentException(
        "expected at least two inputs of the same shape, found " + inputs);
  }
}
