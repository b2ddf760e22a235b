package backsweep.tensorflow;

import java.io.Serializable;

/**
 * How weights follow their gradients: Adam (Kingma and Ba, ICLR 2015) with decoupled weight decay
 * (Loshchilov and Hutter, ICLR 2019), as {@code keras.optimizers.Adam} does it: before the step
 * every learned variable, biases too, loses {@code learningRate * weightDecay} of itself.
 *
 * @param learningRate the length of a step, above 0
 * @param weightDecay share of a variable lost per unit of learning rate, 0 for none
 */
public record Adam(double learningRate, double weightDecay) implements Serializable {

  static final float BETA_1 = 0.9f;
  static final float BETA_2 = 0.999f;
  static final float EPSILON = 1e-7f;

  /** Checks the ranges. */
  public Adam {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "the learning rate must be a number above 0, found " + learningRate);
    }
    if (!(weightDecay >= 0 && learningRate * weightDecay < 1)) {
      throw new IllegalArgumentException(
          "the weight decay must be at least 0 and below 1 / learning rate, found " + weightDecay);
    }
  }
}
