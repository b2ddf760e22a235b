package backsweep.training;

import backsweep.pruning.AdversarialPruning;
import backsweep.tensorflow.DivergedException;
import backsweep.tensorflow.FactorGradients;
import backsweep.tensorflow.FactorGradients.Gradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Learns the mask of adversarial neuron pruning, {@link AdversarialPruning}.
 *
 * <p>Perturbations stay within epsilon, as in the paper: a step from a random place that leads
 * outside ends at the border.
 */
public final class MaskLearning {

  private static final String REMEDY = "smaller perturbations may help (--set anp-epsilon, now %s)";

  private final AdversarialPruning how;
  private final FactorGradients network;
  private final int[] labels;
  private final SplittableRandom random;
  private final float[] mask;
  private final float[] velocity;

  /**
   * Begins with a mask of 1 everywhere.
   *
   * @param network holds the images
   * @param labels of these images
   * @param channels how many the mask has
   */
  public MaskLearning(AdversarialPruning how, FactorGradients network, int[] labels, int channels) {
    this.how = how;
    this.network = network;
    this.labels = labels.clone();
    this.random = new SplittableRandom(how.seed());
    this.mask = new float[channels];
    this.velocity = new float[channels];
    Arrays.fill(mask, 1);
  }

  /**
   * Learns.
   *
   * @param watch is told how many images were learned from, after every step
   * @return the mask, {@code (channel)}
   * @throws DivergedException if a loss or a mask is no finite number
   */
  public double[] learn(IntConsumer watch) {
    int[] order = IntStream.range(0, labels.length).toArray();
    int batch = Math.min(AdversarialPruning.BATCH, order.length);
    int next = order.length;
    for (int iteration = 1; iteration <= how.iterations(); iteration++) {
      if (next + batch > order.length) {
        Shuffle.all(order, random);
        next = 0;
      }
      step(Arrays.copyOfRange(order, next, next + batch), iteration);
      next += batch;
      watch.accept(batch);
    }
    return IntStream.range(0, mask.length).mapToDouble(channel -> mask[channel]).toArray();
  }

  private void step(int[] rows, int iteration) {
    int[] classes = Arrays.stream(rows).map(row -> labels[row]).toArray();
    float[] delta = anywhere();
    float[] xi = anywhere();
    Gradients start = network.at(rows, classes, sum(mask, delta), sum(ones(), xi));
    ascend(delta, start.kernel());
    ascend(xi, start.bias());
    Gradients worst = network.at(rows, classes, sum(mask, delta), sum(ones(), xi));
    Gradients plain = network.at(rows, classes, mask, ones());
    if (iteration == 1 && !Float.isFinite(plain.loss())) {
      throw DivergedException.fromTheStart(plain.loss());
    }
    requireFinite("the loss under perturbation", iteration, start.loss(), worst.loss());
    requireFinite("the loss", iteration, plain.loss());
    descend(plain.kernel(), worst.kernel());
    requireFinite("the mask", iteration, mask);
  }

  private void requireFinite(String what, int iteration, float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new DivergedException(
            "%s is %s".formatted(what, value), iteration, REMEDY.formatted(how.epsilon()));
      }
    }
  }

  private float[] anywhere() {
    float[] place = new float[mask.length];
    for (int channel = 0; channel < place.length; channel++) {
      place[channel] = (float) random.nextDouble(-how.epsilon(), how.epsilon());
    }
    return place;
  }

  /** One step of epsilon uphill, by signs. */
  private void ascend(float[] place, float[] gradient) {
    float epsilon = (float) how.epsilon();
    for (int channel = 0; channel < place.length; channel++) {
      float to = place[channel] + epsilon * Math.signum(gradient[channel]);
      place[channel] = Math.max(-epsilon, Math.min(epsilon, to));
    }
  }

  private void descend(float[] plain, float[] worst) {
    for (int channel = 0; channel < mask.length; channel++) {
      double gradient = how.alpha() * plain[channel] + (1 - how.alpha()) * worst[channel];
      velocity[channel] = (float) (AdversarialPruning.MOMENTUM * velocity[channel] + gradient);
      double to = mask[channel] - AdversarialPruning.LEARNING_RATE * velocity[channel];
      mask[channel] = (float) Math.max(0, Math.min(1, to));
    }
  }

  private float[] ones() {
    float[] ones = new float[mask.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static float[] sum(float[] one, float[] other) {
    float[] sum = one.clone();
    for (int channel = 0; channel < sum.length; channel++) {
      sum[channel] += other[channel];
    }
    return sum;
  }
}
