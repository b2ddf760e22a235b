package backsweep.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Every image's values normalised over its positions and groups of channels (Wu and He, "Group
 * Normalization", ECCV 2018): {@code gamma (x - mean) / sqrt(variance + epsilon) + beta}. Variables
 * of shape {@code (channel)}: {@code gamma} if {@code scale}, {@code beta} if {@code center}.
 *
 * @param groups groups of consecutive channels
 * @param epsilon added to the variance
 * @param center whether {@code beta} is added
 * @param scale whether {@code gamma} multiplies
 */
public record GroupNormalization(int groups, float epsilon, boolean center, boolean scale)
    implements Layer {

  /** Checks that there is at least one group. */
  public GroupNormalization {
    if (groups < 1) {
      throw new IllegalArgumentException("groups must be at least 1, found " + groups);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    if (input.channels() % groups != 0) {
      throw new IllegalArgumentException(
          "%d channels cannot be divided into %d groups".formatted(input.channels(), groups));
    }
    return input;
  }

  @Override
  public List<Variable> variables(List<Shape> inputs) {
    Shape channels = Shape.of(outputShape(inputs).channels());
    List<Variable> variables = new ArrayList<>();
    if (scale) {
      variables.add(new Variable("gamma", channels));
    }
    if (center) {
      variables.add(new Variable("beta", channels));
    }
    return variables;
  }
}
