package backsweep.evaluation;

import java.util.Optional;

/**
 * The measures of one network, B, B' or G, on the clean test set and one poisoned set. What needs a
 * set that is missing is empty, never a guess.
 *
 * @param cleanAccuracy clean test images answered with their label
 * @param attackSuccess poisoned images answered with the target
 * @param attackSuccessNotTarget of the poisoned images that show something else than the target
 *     those answered with it, where it is known which these are
 * @param robustAccuracy poisoned images answered with their true class, where it is known
 * @param effectiveness DER of B'; empty for B and G
 * @param truePositives poisoned images that G flags; empty for B and B'
 * @param falsePositives clean test images that G flags; empty for B and B'
 */
public record Evaluation(
    Optional<Share> cleanAccuracy,
    Optional<Share> attackSuccess,
    Optional<Share> attackSuccessNotTarget,
    Optional<Share> robustAccuracy,
    Optional<DefenceEffectiveness> effectiveness,
    Optional<Share> truePositives,
    Optional<Share> falsePositives) {

  /** The measures where nothing is known, such as those of a step that was never reached. */
  public static final Evaluation UNKNOWN =
      new Evaluation(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The original network B. */
  public static Evaluation original(SetCounts original) {
    return network(original, Optional.empty());
  }

  /** The repaired network B'. */
  public static Evaluation repaired(SetCounts original, SetCounts repaired) {
    Optional<DefenceEffectiveness> effectiveness =
        measured(original)
            .flatMap(
                before -> measured(repaired).map(after -> DefenceEffectiveness.of(before, after)));
    return network(repaired, effectiveness);
  }

  /** The detector G made of B and B': it answers where both agree and flags the rest. */
  public static Evaluation goodNet(SetCounts repaired) {
    return new Evaluation(
        repaired.cleanTest().map(StepCounts::goodNetLabelShare),
        repaired.poisoned().map(StepCounts::goodNetLabelShare),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        repaired.poisoned().map(StepCounts::flagged),
        repaired.cleanTest().map(StepCounts::flagged));
  }

  private static Evaluation network(
      SetCounts counts, Optional<DefenceEffectiveness> effectiveness) {
    return new Evaluation(
        counts.cleanTest().map(StepCounts::labelShare),
        counts.poisoned().map(StepCounts::labelShare),
        counts.poisoned().flatMap(StepCounts::attackSuccessNotTarget),
        counts.poisoned().flatMap(StepCounts::robustAccuracy),
        effectiveness,
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<DefenceEffectiveness.Measured> measured(SetCounts counts) {
    return counts
        .cleanTest()
        .flatMap(
            clean ->
                counts
                    .poisoned()
                    .map(
                        poisoned ->
                            new DefenceEffectiveness.Measured(
                                clean.labelShare(), poisoned.labelShare())));
  }
}
