package backsweep.evaluation;

import java.util.Optional;

/**
 * What a pruned network B' answers on one image set after one pruning step, as counts of images.
 *
 * @param images images in the set
 * @param labelHits answers equal to the label; of a poisoned set the label is the target class
 * @param agreements answers equal to those of the original network B
 * @param agreedLabelHits answers equal both to B's and to the label
 * @param firstDisagreements images whose first step with an answer other than B's is this one
 * @param trueLabels what is known only where true labels are kept beside the targets
 */
public record StepCounts(
    long images,
    long labelHits,
    long agreements,
    long agreedLabelHits,
    long firstDisagreements,
    Optional<TrueLabelCounts> trueLabels) {

  /**
   * Counts that need the true class of poisoned images.
   *
   * @param trueLabelHits answers equal to the true class
   * @param imagesNotTarget images whose true class is not the target
   * @param targetHitsNotTarget those of them that are answered with the target
   */
  public record TrueLabelCounts(
      long trueLabelHits, long imagesNotTarget, long targetHitsNotTarget) {

    /** The counts as tables have them: all three, or three times null. */
    public static Optional<TrueLabelCounts> ifKnown(
        Long trueLabelHits, Long imagesNotTarget, Long targetHitsNotTarget) {
      return Optional.ofNullable(trueLabelHits)
          .map(hits -> new TrueLabelCounts(hits, imagesNotTarget, targetHitsNotTarget));
    }
  }

  /** Answers equal to the label: clean accuracy, or attack success rate of a poisoned set. */
  public Share labelShare() {
    return new Share(labelHits, images);
  }

  /** What G answers with the label: B and B' agree, and on the label. */
  public Share goodNetLabelShare() {
    return new Share(agreedLabelHits, images);
  }

  /** What G flags as backdoored: B and B' differ. */
  public Share flagged() {
    return new Share(images - agreements, images);
  }

  /**
   * The attack success rate of the literature: of the poisoned images that show something else than
   * the target those that are answered with it; empty where it is not known which these are, or
   * there are none.
   */
  public Optional<Share> attackSuccessNotTarget() {
    return trueLabels
        .filter(counts -> counts.imagesNotTarget() > 0)
        .map(counts -> new Share(counts.targetHitsNotTarget(), counts.imagesNotTarget()));
  }

  /** Answers equal to the true class, where it is known: robust accuracy of a poisoned set. */
  public Optional<Share> robustAccuracy() {
    return trueLabels.map(counts -> new Share(counts.trueLabelHits(), images));
  }
}
