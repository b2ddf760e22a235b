package backsweep.jobs;

import backsweep.evaluation.FirstDisagreements;
import backsweep.evaluation.Share;
import backsweep.pruning.PruningCurve;
import backsweep.stages.Defence;
import java.util.Locale;
import java.util.Optional;

/**
 * The detector that goes by the first step at which B' disagrees with B.
 *
 * @param auroc how well it tells poisoned images from clean test images
 * @param step the last step at which it flags few enough clean validation images
 * @param falsePositives clean test images that are flagged there
 * @param truePositives poisoned images that are flagged there
 */
record DetectorReport(double auroc, int step, Share falsePositives, Share truePositives) {

  /** The share of clean validation images that a defender accepts to be flagged. */
  private static final double ACCEPTED = 0.05;

  /** The detector on one poisoned set; empty where there is no clean test set. */
  static Optional<DetectorReport> of(Defence defence, PruningCurve poisonedCurve) {
    FirstDisagreements validation = of(defence.validation().curve());
    FirstDisagreements poisoned = of(poisonedCurve);
    int step = validation.lastStepFlaggingAtMost(ACCEPTED);
    return defence
        .cleanTest()
        .map(DetectorReport::of)
        .map(
            clean ->
                new DetectorReport(
                    clean.auroc(poisoned), step, clean.flaggedBy(step), poisoned.flaggedBy(step)));
  }

  private static FirstDisagreements of(PruningCurve curve) {
    return FirstDisagreements.of(curve.steps());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "G by first disagreement: AUROC %.3f; up to step %d, chosen on validation images, it flags"
            + " %.3f %% of poisoned and %.3f %% of clean images.",
        auroc,
        step,
        truePositives.percent(),
        falsePositives.percent());
  }
}
