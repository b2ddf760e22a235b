package backsweep.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Values made comparable by a mean and a variance that were measured ({@code Normalization}):
 * {@code (x - mean) / max(sqrt(variance), 1e-7)}. Variables {@code mean} and {@code variance} of
 * the shape that the kept axes have.
 *
 * @param axes the axes that have a mean and a variance for each place, from 0, ascending, the image
 *     axis not counted
 * @param inverted whether it is undone: {@code x * max(sqrt(variance), 1e-7) + mean}
 */
public record Standardization(List<Integer> axes, boolean inverted) implements Layer {

  private static final float SMALLEST_DEVIATION = 1e-7f;

  /** Checks that axes are ascending. */
  public Standardization {
    axes = List.copyOf(axes);
    if (!axes.stream().sorted().distinct().toList().equals(axes)) {
      throw new IllegalArgumentException("expected axes in ascending order, found " + axes);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    if (axes.stream().anyMatch(axis -> axis < 0 || axis >= input.rank())) {
      throw new IllegalArgumentException(
          "expected an input that has the axes %s, found shape %s".formatted(axes, input));
    }
    return input;
  }

  @Override
  public List<Variable> variables(List<Shape> inputs) {
    Shape kept = new Shape(axes.stream().map(outputShape(inputs)::dimension).toList());
    return List.of(new Variable("mean", kept), new Variable("variance", kept));
  }

  /** The shape in which mean and variance meet the input: size 1 on the axes that are not kept. */
  public Shape alignedShape(Shape input) {
    List<Integer> aligned = new ArrayList<>(Collections.nCopies(input.rank(), 1));
    axes.forEach(axis -> aligned.set(axis, input.dimension(axis)));
    return new Shape(aligned);
  }

  /** What values are divided by. */
  public float[] deviation(Map<String, Tensor> variables) {
    Tensor variance = variables.get("variance");
    float[] deviation = new float[variance.shape().size()];
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] = Math.max((float) Math.sqrt(variance.at(i)), SMALLEST_DEVIATION);
    }
    return deviation;
  }

  @Override
  public boolean actsPerChannel() {
    return true;
  }

  @Override
  public boolean keepsZero(Map<String, Tensor> variables) {
    Tensor mean = variables.get("mean");
    float[] deviation = deviation(variables);
    for (int i = 0; i < deviation.length; i++) {
      // Not so either where the deviation is no number.
      if (mean.at(i) != 0 || !(deviation[i] > 0)) {
        return false;
      }
    }
    return true;
  }
}
