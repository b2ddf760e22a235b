package backsweep.evaluation;

/**
 * What a channel does on clean images and on poisoned ones.
 *
 * @param clean on clean images
 * @param poisoned on poisoned images
 */
public record ActivationShift(Level clean, Level poisoned) {

  /**
   * A mean activation.
   *
   * @param mean over images and positions
   * @param deviation the standard deviation, over the images, of the mean over the positions
   */
  public record Level(double mean, double deviation) {}

  /** By how much more poisoned images activate it; negative where it is less. */
  public double rise() {
    return poisoned.mean() - clean.mean();
  }

  /**
   * The rise in standard deviations, which are pooled over both sets: Cohen's <i>d</i>, {@code rise
   * / sqrt((clean^2 + poisoned^2) / 2)}. Infinite where no image differs from another of its set,
   * NaN where something is not finite.
   */
  public double effect() {
    double pooled = Math.hypot(clean.deviation(), poisoned.deviation()) / Math.sqrt(2);
    return rise() == 0 ? 0 : rise() / pooled;
  }

  /** Whether it is 0 on average on both; then nothing can be said of it. */
  boolean isDormant() {
    return clean.mean() == 0 && poisoned.mean() == 0;
  }
}
