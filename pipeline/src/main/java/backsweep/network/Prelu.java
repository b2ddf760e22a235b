package backsweep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A rectifier whose slope below 0 is learned (He et al., "Delving Deep into Rectifiers", ICCV
 * 2015): {@code x} where positive, else {@code alpha x}. Variable {@code alpha} of the input's
 * shape, with size 1 on shared axes.
 *
 * @param sharedAxes axes along which the slope is the same, from 0, the image axis not counted
 */
public record Prelu(List<Integer> sharedAxes) implements Layer {

  /** Copies the axes. */
  public Prelu {
    sharedAxes = List.copyOf(sharedAxes);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    if (sharedAxes.stream().anyMatch(axis -> axis < 0 || axis >= input.rank())) {
      throw new IllegalArgumentException(
          "expected an input that has the axes %s, found shape %s".formatted(sharedAxes, input));
    }
    return input;
  }

  @Override
  public List<Variable> variables(List<Shape> inputs) {
    List<Integer> slopes = new ArrayList<>(outputShape(inputs).dimensions());
    sharedAxes.forEach(axis -> slopes.set(axis, 1));
    return List.of(new Variable("alpha", new Shape(slopes)));
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
