package backsweep.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Pooling over all positions ({@code GlobalMaxPooling2D}, {@code GlobalAveragePooling2D}, and those
 * of {@code (step, channel)}, {@code GlobalAveragePooling1D}).
 *
 * @param reduction maximum or average
 * @param keepDimensions whether the result has an axis of size 1 for every one pooled over, such as
 *     {@code (1, 1, channel)}, instead of being {@code (channel)}
 */
public record GlobalPooling(Reduction reduction, boolean keepDimensions) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    if (input.rank() != 2) {
      Layer.single(inputs, 3);
    }
    List<Integer> pooled =
        new ArrayList<>(Collections.nCopies(keepDimensions ? input.rank() - 1 : 0, 1));
    pooled.add(input.channels());
    return new Shape(pooled);
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
