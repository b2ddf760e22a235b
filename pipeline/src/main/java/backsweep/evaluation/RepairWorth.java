package backsweep.evaluation;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.Comparator;
import java.util.Optional;

/**
 * What tells the best of several repairs of one network: the greatest defence effectiveness on the
 * poisoned set where it is least; where that is the same or not known, the least attack success,
 * then the greatest clean accuracy. Of equals the one that was not fine-tuned, then the one that
 * tolerates the smaller loss, then the first by the name of its criterion.
 *
 * @param rating the least defence effectiveness of any poisoned set, where it is known
 * @param attackSuccess the greatest of any poisoned set, as a fraction, if there is one
 * @param cleanAccuracy on clean test images, as a fraction, if there are any
 * @param isFineTuned whether it was fine-tuned
 * @param dropPercent the tolerated loss X, in points
 * @param criterion by which channels are pruned
 */
public record RepairWorth(
    Optional<Double> rating,
    Optional<Double> attackSuccess,
    Optional<Double> cleanAccuracy,
    boolean isFineTuned,
    double dropPercent,
    String criterion) {

  /** The better is the greater. */
  public static final Comparator<RepairWorth> ORDER =
      comparingDouble((RepairWorth one) -> one.rating().orElse(Double.NEGATIVE_INFINITY))
          .thenComparingDouble(one -> -one.attackSuccess().orElse(Double.POSITIVE_INFINITY))
          .thenComparingDouble(one -> one.cleanAccuracy().orElse(Double.NEGATIVE_INFINITY))
          .thenComparing(comparing(RepairWorth::isFineTuned).reversed())
          .thenComparing(comparingDouble(RepairWorth::dropPercent).reversed())
          .thenComparing(comparing(RepairWorth::criterion).reversed());
}
