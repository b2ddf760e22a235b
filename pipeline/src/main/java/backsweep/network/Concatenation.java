package backsweep.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Two or more inputs put one behind the other along an axis; all other axes are of the same size.
 *
 * @param axis the axis, from 0, the image axis not counted
 */
public record Concatenation(int axis) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() < 2
        || axis < 0
        || inputs.stream().anyMatch(input -> input.rank() <= axis)
        || inputs.stream().map(this::withoutAxis).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "expected at least two inputs that differ in axis %d only, found %s"
              .formatted(axis, inputs));
    }
    List<Integer> joined = new ArrayList<>(inputs.get(0).dimensions());
    joined.set(
        axis, Math.toIntExact(inputs.stream().mapToLong(input -> input.dimension(axis)).sum()));
    return new Shape(joined);
  }

  private List<Integer> withoutAxis(Shape shape) {
    List<Integer> others = new ArrayList<>(shape.dimensions());
    others.remove(axis);
    return others;
  }
}
