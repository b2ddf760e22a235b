package backsweep.training;

import backsweep.tensorflow.Adam;
import java.io.Serializable;

/**
 * How long a network learns, and how fast. The learning rate falls along half a cosine from its
 * first value to 0 (Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts), so that the result
 * does not depend on where the last batches happened to lead.
 *
 * @param epochs how often every image is seen
 * @param batchSize images a step learns from; the last step of an epoch may have fewer
 * @param first Adam's settings at the first step
 */
public record Schedule(int epochs, int batchSize, Adam first) implements Serializable {

  private static final double SLOWEST = 1e-9;

  /** Checks that there is something to do. */
  public Schedule {
    if (epochs < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "epochs and batch size must be at least 1, found %d and %d".formatted(epochs, batchSize));
    }
  }

  /** The steps of an epoch. */
  int steps(int images) {
    return (images + batchSize - 1) / batchSize;
  }

  /**
   * Adam's settings at a step.
   *
   * @param step from 0
   * @param steps of all epochs
   */
  Adam at(long step, long steps) {
    double left = Math.max(SLOWEST, (1 + Math.cos(Math.PI * step / steps)) / 2);
    return new Adam(first.learningRate() * left, first.weightDecay());
  }
}
