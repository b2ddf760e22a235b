package backsweep.pruning;

import backsweep.pruning.ChannelStatistics.Channel;
import java.io.Serializable;

/**
 * Increasing mask of adversarial neuron pruning, ANP (Wu and Wang, "Adversarial Neuron Pruning
 * Purifies Backdoored Deep Models", NeurIPS 2021): over masks {@code m} in [0, 1], one a channel,
 * it minimises {@code alpha L(m w, b) + (1 - alpha) max L((m + delta) w, (1 + xi) b)}, the maximum
 * over {@code |delta|, |xi| <= epsilon}, by one step along the signs of the gradients from a random
 * place. Channels that the trigger uses are sensitive to such perturbations, and lose their mask.
 * Only clean images are seen; all layers are as at inference.
 *
 * <p>The paper masks the channels of all layers, and prunes those whose mask is below a threshold.
 * Here they are those of one convolution, in an order: channels that keep the whole mask, of which
 * the paper prunes none, come last, by increasing mean activation.
 *
 * @param epsilon how far kernel and bias are perturbed, relative to themselves; above 0
 * @param alpha the weight of the unperturbed loss, from 0 to 1
 * @param iterations steps of the mask
 * @param images clean validation images that are drawn and learned from; fewer where there are
 *     fewer
 * @param seed of the images drawn, of their order and of the random places
 */
public record AdversarialPruning(
    double epsilon, double alpha, int iterations, int images, long seed)
    implements GradientCriterion, Serializable {

  /** The paper's step of the mask. */
  public static final double LEARNING_RATE = 0.2;

  /** The paper's momentum. */
  public static final double MOMENTUM = 0.9;

  /** Images a step takes. */
  public static final int BATCH = 128;

  /** Checks the ranges. */
  public AdversarialPruning {
    if (!(epsilon > 0) || !(alpha >= 0 && alpha <= 1) || iterations < 1 || images < 1) {
      throw new IllegalArgumentException(
          "expected epsilon above 0, alpha from 0 to 1, iterations and images of at least 1, found"
              + " %s, %s, %d, %d".formatted(epsilon, alpha, iterations, images));
    }
  }

  @Override
  public String label() {
    return "anp";
  }

  @Override
  public PruningOrder order(Evidence evidence) {
    double[] means = evidence.statistics().channels().stream().mapToDouble(Channel::mean).toArray();
    return PruningOrder.increasing(evidence.gradients().scores(this), means);
  }

  @Override
  public String ingredients() {
    return "epsilon %s alpha %s iterations %d images %d seed %d ties mean-activation"
        .formatted(epsilon, alpha, iterations, images, seed);
  }
}
