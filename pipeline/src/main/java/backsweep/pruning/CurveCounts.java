package backsweep.pruning;

import backsweep.evaluation.StepCounts;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Counts of answers after every step, over the images seen so far. A value with an identity, {@link
 * #none}, and an exact, commutative {@link #merge}.
 */
public final class CurveCounts implements Serializable {

  private static final long serialVersionUID = 1;

  private static final int COUNTS = 6;

  private final Images images;
  private final long[] labelHits;
  private final long[] agreements;
  private final long[] agreedLabelHits;
  private final long[] firstDisagreements;
  private final long[] trueLabelHits;
  private final long[] targetHitsNotTarget;
  private final long pairs;

  private CurveCounts(Images images, long[][] counts, long pairs) {
    this.images = images;
    this.labelHits = counts[0];
    this.agreements = counts[1];
    this.agreedLabelHits = counts[2];
    this.firstDisagreements = counts[3];
    this.trueLabelHits = counts[4];
    this.targetHitsNotTarget = counts[5];
    this.pairs = pairs;
  }

  /**
   * The images that were counted.
   *
   * @param all how many
   * @param known of how many the true label is known
   * @param notTarget how many of these show something else than their label
   */
  private record Images(long all, long known, long notTarget) implements Serializable {

    private static final Images NONE = new Images(0, 0, 0);

    private Images plus(Images other) {
      return new Images(all + other.all, known + other.known, notTarget + other.notTarget);
    }
  }

  /** The counts of no images, for the steps 0 to the last. */
  public static CurveCounts none(int lastStep) {
    return new CurveCounts(Images.NONE, new long[COUNTS][lastStep + 1], 0);
  }

  /**
   * The counts of some images whose true labels are not known, or are their labels.
   *
   * @param classes the class of every image after every step, {@code (step, image)}; step 0 is the
   *     original network
   * @param labels the label of every image
   * @param pairs how many of the answers were computed, not carried forward
   */
  public static CurveCounts of(int[][] classes, int[] labels, int pairs) {
    Images images = new Images(labels.length, 0, 0);
    CurveCounts counts = new CurveCounts(images, new long[COUNTS][classes.length], pairs);
    for (int image = 0; image < labels.length; image++) {
      boolean agreedSoFar = true;
      for (int step = 0; step < classes.length; step++) {
        boolean hit = classes[step][image] == labels[image];
        boolean agrees = classes[step][image] == classes[0][image];
        counts.labelHits[step] += hit ? 1 : 0;
        counts.agreements[step] += agrees ? 1 : 0;
        counts.agreedLabelHits[step] += hit && agrees ? 1 : 0;
        counts.firstDisagreements[step] += agreedSoFar && !agrees ? 1 : 0;
        agreedSoFar &= agrees;
      }
    }
    return counts;
  }

  /**
   * The counts of poisoned images that are known to show something else than their labels say.
   *
   * @param classes the class of every image after every step, {@code (step, image)}; step 0 is the
   *     original network
   * @param targets the label of every image, the attacker's target
   * @param trueLabels what every image shows
   * @param pairs how many of the answers were computed, not carried forward
   */
  public static CurveCounts of(int[][] classes, int[] targets, int[] trueLabels, int pairs) {
    CurveCounts known =
        new CurveCounts(
            new Images(0, targets.length, differing(targets, trueLabels)),
            new long[COUNTS][classes.length],
            0);
    for (int step = 0; step < classes.length; step++) {
      for (int image = 0; image < targets.length; image++) {
        int answer = classes[step][image];
        boolean isNotTarget = trueLabels[image] != targets[image];
        known.trueLabelHits[step] += answer == trueLabels[image] ? 1 : 0;
        known.targetHitsNotTarget[step] += answer == targets[image] && isNotTarget ? 1 : 0;
      }
    }
    return of(classes, targets, pairs).merge(known);
  }

  private static long differing(int[] targets, int[] trueLabels) {
    return IntStream.range(0, targets.length).filter(i -> targets[i] != trueLabels[i]).count();
  }

  /**
   * The counts of both.
   *
   * @throws IllegalArgumentException if they are of different steps
   */
  public CurveCounts merge(CurveCounts other) {
    if (other.labelHits.length != labelHits.length) {
      throw new IllegalArgumentException(
          "expected counts of %d steps, found %d"
              .formatted(labelHits.length, other.labelHits.length));
    }
    long[][] sums = {
      sum(labelHits, other.labelHits),
      sum(agreements, other.agreements),
      sum(agreedLabelHits, other.agreedLabelHits),
      sum(firstDisagreements, other.firstDisagreements),
      sum(trueLabelHits, other.trueLabelHits),
      sum(targetHitsNotTarget, other.targetHitsNotTarget)
    };
    return new CurveCounts(images.plus(other.images), sums, pairs + other.pairs);
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  /** The number of images. */
  public long images() {
    return images.all();
  }

  /** The (image, step) pairs that were computed, the others having been carried forward. */
  public long pairs() {
    return pairs;
  }

  /**
   * The counts after every step, from step 0; those of true labels where these are known of every
   * image.
   */
  public List<StepCounts> steps() {
    List<StepCounts> steps = new ArrayList<>();
    for (int step = 0; step < labelHits.length; step++) {
      steps.add(
          new StepCounts(
              images.all(),
              labelHits[step],
              agreements[step],
              agreedLabelHits[step],
              firstDisagreements[step],
              trueLabels(step)));
    }
    return steps;
  }

  private Optional<TrueLabelCounts> trueLabels(int step) {
    return images.known() > 0 && images.known() == images.all()
        ? Optional.of(
            new TrueLabelCounts(trueLabelHits[step], images.notTarget(), targetHitsNotTarget[step]))
        : Optional.empty();
  }
}
