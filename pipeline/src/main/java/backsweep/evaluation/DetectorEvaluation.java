package backsweep.evaluation;

/**
 * What the detector that goes by the first disagreement does, by every step at once and at the one
 * that a defender can choose: the last at which few enough clean validation images are flagged.
 *
 * @param auroc how well it tells poisoned images from clean test images, {@code 0..1}
 * @param step the chosen step
 * @param validation clean validation images that are flagged there
 * @param falsePositives clean test images that are flagged there
 * @param truePositives poisoned images that are flagged there
 */
public record DetectorEvaluation(
    double auroc, int step, Share validation, Share falsePositives, Share truePositives) {

  /** The share of clean validation images that a defender accepts to be flagged. */
  public static final double ACCEPTED = 0.05;

  /**
   * The measures of a detector.
   *
   * @param validation first disagreements of clean validation images, which the step is chosen by
   * @param cleanTest of clean test images
   * @param poisoned of poisoned images
   */
  public static DetectorEvaluation of(
      FirstDisagreements validation, FirstDisagreements cleanTest, FirstDisagreements poisoned) {
    int step = validation.lastStepFlaggingAtMost(ACCEPTED);
    return new DetectorEvaluation(
        cleanTest.auroc(poisoned),
        step,
        validation.flaggedBy(step),
        cleanTest.flaggedBy(step),
        poisoned.flaggedBy(step));
  }
}
