package backsweep.network;

import java.util.List;
import java.util.Map;

/**
 * A feature map without its outer rows and columns.
 *
 * @param margins how many are left out
 */
public record Cropping(Margins margins) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs, 3);
    int rows = input.dimension(0) - margins.rows();
    int columns = input.dimension(1) - margins.columns();
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "%s leave nothing of an input of shape %s".formatted(margins, input));
    }
    return Shape.of(rows, columns, input.channels());
  }

  @Override
  public boolean actsPerChannel() {
    return true;
  }

  @Override
  public boolean keepsZero(Map<String, Tensor> variables) {
    return true;
  }
}
