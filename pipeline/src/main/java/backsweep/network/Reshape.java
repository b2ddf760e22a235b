package backsweep.network;

import java.util.List;

/**
 * The same values, row-major, in another shape of as many elements.
 *
 * @param target the output's shape
 */
public record Reshape(Shape target) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    if (input.size() != target.size()) {
      throw new IllegalArgumentException(
          "expected an input of as many elements as shape %s has, found shape %s"
              .formatted(target, input));
    }
    return target;
  }
}
