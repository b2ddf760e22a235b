package backsweep.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The weights a network has before it is trained, as Keras draws them: kernels uniform between plus
 * and minus {@code sqrt(6 / (fan in + fan out))} (Glorot and Bengio, "Understanding the difficulty
 * of training deep feedforward neural networks", AISTATS 2010), scales and variances 1, all else 0.
 *
 * <p>Every variable has its own stream of random numbers, made of the seed, its layer's name and
 * its own: what one variable gets does not depend on which others there are.
 */
public final class InitialWeights {

  private InitialWeights() {}

  /** Weights for every variable of a graph, in the order of its layers; the same for one seed. */
  public static Weights of(Graph graph, long seed) {
    Map<String, Map<String, Tensor>> weights = new LinkedHashMap<>();
    graph
        .variables()
        .forEach((layer, variables) -> weights.put(layer, ofLayer(layer, variables, seed)));
    return new Weights(weights);
  }

  private static Map<String, Tensor> ofLayer(String layer, List<Variable> variables, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Variable variable : variables) {
      tensors.put(variable.name(), initial(variable, random(seed, layer + "/" + variable.name())));
    }
    return tensors;
  }

  private static Tensor initial(Variable variable, SplittableRandom random) {
    return switch (variable.name()) {
      case "kernel" -> glorotUniform(variable.shape(), random);
      case "gamma", "moving_variance" -> filled(variable.shape(), 1);
      case "bias", "beta", "moving_mean" -> filled(variable.shape(), 0);
      default -> throw new IllegalArgumentException("no initial value is known for " + variable);
    };
  }

  private static Tensor filled(Shape shape, float value) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return Tensor.of(shape, values);
  }

  private static Tensor glorotUniform(Shape kernel, SplittableRandom random) {
    float limit = glorotLimit(kernel);
    float[] values = new float[kernel.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
    return Tensor.of(kernel, values);
  }

  /** The fans are the last two axes, each times the positions of a convolution's window. */
  private static float glorotLimit(Shape kernel) {
    long inputs = kernel.dimension(kernel.rank() - 2);
    long outputs = kernel.channels();
    long positions = kernel.size() / (inputs * outputs);
    return (float) Math.sqrt(6.0 / (positions * (inputs + outputs)));
  }

  /** A stream for a name; {@code SplittableRandom} mixes, so every letter counts in every bit. */
  private static SplittableRandom random(long seed, String name) {
    long state = new SplittableRandom(seed).nextLong();
    for (int i = 0; i < name.length(); i++) {
      state = new SplittableRandom(state ^ name.charAt(i)).nextLong();
    }
    return new SplittableRandom(state);
  }
}
