package backsweep.network;

import java.util.List;
import java.util.Map;

/**
 * Rows and columns of zeros around a feature map.
 *
 * @param margins how many
 */
public record ZeroPadding(Margins margins) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs, 3);
    return Shape.of(
        Math.addExact(input.dimension(0), margins.rows()),
        Math.addExact(input.dimension(1), margins.columns()),
        input.channels());
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
