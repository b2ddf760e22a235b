package backsweep.evaluation;

/**
 * What the detector that goes by the entropy of blended images does, by every threshold at once and
 * at the one that a defender can choose: the highest at which few enough clean validation images
 * are flagged.
 *
 * @param auroc how well it tells poisoned images from clean test images, {@code 0..1}
 * @param threshold the chosen one, in bits; images below it are flagged
 * @param validation clean validation images that are flagged there
 * @param falsePositives clean test images that are flagged there
 * @param truePositives poisoned images that are flagged there
 */
public record EntropyEvaluation(
    double auroc, double threshold, Share validation, Share falsePositives, Share truePositives) {

  /**
   * The measures of the detector, at most {@link DetectorEvaluation#ACCEPTED} of the validation
   * images flagged.
   *
   * @param validation entropies of clean validation images, which the threshold is chosen by
   * @param cleanTest of clean test images
   * @param poisoned of poisoned images
   */
  public static EntropyEvaluation of(
      Entropies validation, Entropies cleanTest, Entropies poisoned) {
    double threshold = validation.highestThreshold(DetectorEvaluation.ACCEPTED);
    return new EntropyEvaluation(
        cleanTest.auroc(poisoned),
        threshold,
        validation.below(threshold),
        cleanTest.below(threshold),
        poisoned.below(threshold));
  }
}
