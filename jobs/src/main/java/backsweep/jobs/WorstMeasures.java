package backsweep.jobs;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.evaluation.Evaluation;
import backsweep.evaluation.Share;
import backsweep.stages.Defence;
import backsweep.stages.RepairEvaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a network does over all poisoned sets, of which the one counts that it withstands least.
 *
 * @param cleanAccuracy on clean test images, if there are any
 * @param attackSuccess the greatest of any poisoned set, if there is one
 * @param rating the least defence effectiveness of any poisoned set, where both are known
 */
record WorstMeasures(
    Optional<Share> cleanAccuracy, Optional<Share> attackSuccess, Optional<Double> rating) {

  /** What a network does before it is pruned. */
  static WorstMeasures original(Defence defence) {
    return of(
        defence.reported().stream()
            .map(set -> RepairEvaluation.of(defence, defence.repairs().get(0), set).original())
            .toList());
  }

  /** What a network does on each poisoned set, one at least, beside the same clean images. */
  static WorstMeasures of(List<Evaluation> sets) {
    return new WorstMeasures(
        sets.get(0).cleanAccuracy(),
        sets.stream()
            .flatMap(set -> set.attackSuccess().stream())
            .max(Comparator.comparingDouble(Share::fraction)),
        sets.stream()
            .flatMap(set -> set.effectiveness().stream())
            .map(DefenceEffectiveness::rating)
            .min(Comparator.naturalOrder()));
  }
}
