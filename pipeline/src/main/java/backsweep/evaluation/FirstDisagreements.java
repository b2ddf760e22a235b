package backsweep.evaluation;

import java.util.List;

/**
 * At which step images are first answered otherwise than by the original network: G at that step
 * and "backdoored". The earlier an image is, the more suspicious; those that never are come last.
 *
 * @param images how many
 * @param atStep how many first at each step, from step 0 on, at which none is
 */
public record FirstDisagreements(long images, List<Long> atStep) {

  /** Copies the list and checks that there are not more than all images. */
  public FirstDisagreements {
    atStep = List.copyOf(atStep);
    long all = atStep.stream().mapToLong(Long::longValue).sum();
    if (images < 1 || all > images) {
      throw new IllegalArgumentException(
          "expected at most %d images, at least one, found %d".formatted(images, all));
    }
  }

  /** Those of a pruning curve, counted step by step. */
  public static FirstDisagreements of(List<StepCounts> steps) {
    return new FirstDisagreements(
        steps.get(0).images(), steps.stream().map(StepCounts::firstDisagreements).toList());
  }

  /** The images whose first disagreement is at a step or before it: what a detector flags there. */
  public Share flaggedBy(int step) {
    return new Share(atStep.stream().limit(step + 1L).mapToLong(Long::longValue).sum(), images);
  }

  /**
   * The last step by which at most a share of these images is flagged; 0 flags none. On clean
   * validation images it is the operating point that a defender can choose.
   *
   * @param most the share, {@code 0..1}
   */
  public int lastStepFlaggingAtMost(double most) {
    int step = 0;
    while (step + 1 < atStep.size() && flaggedBy(step + 1).fraction() <= most) {
      step++;
    }
    return step;
  }

  /**
   * The area under the ROC curve of the detector that goes by the first disagreement: how likely a
   * poisoned image comes before a clean one, ties counting half. These images are the clean ones.
   *
   * @param poisoned at the same steps
   */
  public double auroc(FirstDisagreements poisoned) {
    if (poisoned.atStep.size() != atStep.size()) {
      throw new IllegalArgumentException(
          "expected %d steps, found %d".formatted(atStep.size(), poisoned.atStep.size()));
    }
    double before = 0;
    long cleanLeft = images;
    long poisonedLeft = poisoned.images;
    for (int step = 0; step < atStep.size(); step++) {
      cleanLeft -= atStep.get(step);
      poisonedLeft -= poisoned.atStep.get(step);
      before += poisoned.atStep.get(step) * (cleanLeft + atStep.get(step) / 2.0);
    }
    return (before + poisonedLeft * (cleanLeft / 2.0)) / ((double) images * poisoned.images);
  }
}
