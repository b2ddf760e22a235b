package backsweep.evaluation;

/**
 * The defence effectiveness rating: how much attack success a repair takes away, less the clean
 * accuracy it costs, {@code ((max(0, ASR0 - ASR1) - max(0, Acc0 - Acc1)) + 1) / 2} (Zhu et al.,
 * FT-SAM, ICCV 2023, eq. 7). 0.5 is no effect; below, the repair is worse than doing nothing.
 *
 * @param rating {@code 0..1}
 */
public record DefenceEffectiveness(double rating) {

  /** The rating of doing nothing. */
  public static final double NO_EFFECT = 0.5;

  /** What changed between two networks: clean accuracy and attack success rate of one. */
  public record Measured(Share cleanAccuracy, Share attackSuccess) {}

  /** The rating of a repair that turned one network into another. */
  public static DefenceEffectiveness of(Measured original, Measured repaired) {
    double attackDrop = drop(original.attackSuccess(), repaired.attackSuccess());
    double accuracyDrop = drop(original.cleanAccuracy(), repaired.cleanAccuracy());
    return new DefenceEffectiveness((attackDrop - accuracyDrop + 1) / 2);
  }

  /** Rounded once only: drops that are equal as fractions are equal as numbers. */
  private static double drop(Share before, Share after) {
    long lost = before.hits() * after.of() - after.hits() * before.of();
    return Math.max(0, (double) lost / (before.of() * after.of()));
  }

  /** Whether it is as good as doing nothing. */
  public boolean isNoEffect() {
    return rating == NO_EFFECT;
  }

  /** Whether doing nothing would have been better. */
  public boolean isWorseThanNothing() {
    return rating < NO_EFFECT;
  }
}
