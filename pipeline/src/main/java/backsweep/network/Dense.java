package backsweep.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product over the last axis, at every position apart, linear: without its activation.
 * Variables: {@code kernel} of shape {@code (input feature, unit)} and, if {@code bias}, {@code
 * bias} of shape {@code (unit)}.
 *
 * @param units output features
 * @param bias whether a bias is added
 */
public record Dense(int units, boolean bias) implements Layer {

  /** Checks that there is at least one unit. */
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("units must be at least 1, found " + units);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    List<Integer> dimensions = new ArrayList<>(Layer.single(inputs).dimensions());
    dimensions.set(dimensions.size() - 1, units);
    return new Shape(dimensions);
  }

  @Override
  public List<Variable> variables(List<Shape> inputs) {
    List<Variable> variables = new ArrayList<>();
    variables.add(new Variable("kernel", Shape.of(inputs.get(0).channels(), units)));
    if (bias) {
      variables.add(new Variable("bias", Shape.of(units)));
    }
    return variables;
  }
}
