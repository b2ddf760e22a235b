package backsweep.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Every image's values normalised over some of its axes (Ba, Kiros, Hinton, "Layer Normalization",
 * 2016): {@code gamma (x - mean) / sqrt(variance + epsilon) + beta}. Variables of the shape that
 * these axes have: {@code gamma} if {@code scale}, {@code beta} if {@code center}.
 *
 * @param axes the axes, from 0, ascending, the image axis not counted
 * @param epsilon added to the variance
 * @param center whether {@code beta} is added
 * @param scale whether {@code gamma} multiplies
 */
public record LayerNormalization(List<Integer> axes, float epsilon, boolean center, boolean scale)
    implements Layer {

  /** Checks that there are axes, ascending. */
  public LayerNormalization {
    axes = List.copyOf(axes);
    if (axes.isEmpty() || !axes.stream().sorted().distinct().toList().equals(axes)) {
      throw new IllegalArgumentException("expected axes in ascending order, found " + axes);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    if (axes.get(0) < 0 || axes.get(axes.size() - 1) >= input.rank()) {
      throw new IllegalArgumentException(
          "expected an input that has the axes %s, found shape %s".formatted(axes, input));
    }
    return input;
  }

  @Override
  public List<Variable> variables(List<Shape> inputs) {
    Shape normalized = new Shape(axes.stream().map(outputShape(inputs)::dimension).toList());
    List<Variable> variables = new ArrayList<>();
    if (scale) {
      variables.add(new Variable("gamma", normalized));
    }
    if (center) {
      variables.add(new Variable("beta", normalized));
    }
    return variables;
  }
}
