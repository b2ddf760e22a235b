package backsweep.network;

import java.util.List;
import java.util.Map;

/**
 * Values cut to whole numbers, towards 0: what becomes of images in a network whose input has an
 * integer type. Values must be in the range of that type.
 */
public record Truncation() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Layer.single(inputs);
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
