package backsweep.network;

import java.util.List;
import java.util.Map;

/**
 * A feature map made larger by whole numbers.
 *
 * @param rows how many rows are made of one
 * @param columns how many columns are made of one
 * @param bilinear whether values between the centres of positions are interpolated linearly,
 *     instead of every position being repeated
 */
public record Upsampling(int rows, int columns, boolean bilinear) implements Layer {

  /** Checks that both factors are positive. */
  public Upsampling {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "factors must be at least 1, found %d,%d".formatted(rows, columns));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs, 3);
    return Shape.of(
        Math.multiplyExact(input.dimension(0), rows),
        Math.multiplyExact(input.dimension(1), columns),
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
