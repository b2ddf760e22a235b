package backsweep.stages;

import backsweep.evaluation.SetCounts;
import backsweep.evaluation.StepCounts;
import backsweep.images.ImageSet;
import backsweep.pruning.PruningCurve;
import java.util.Map;
import java.util.Optional;

/**
 * A repaired network after fine-tuning.
 *
 * @param repair its rule and step, its file and its detector; verified on all images of all sets
 * @param counts of its answers on every set; none where fine-tuning failed
 */
public record FineTuned(Repair repair, Map<ImageSet, StepCounts> counts) {

  /** Copies the map. */
  public FineTuned {
    counts = Map.copyOf(counts);
  }

  /** What it does on the clean test set and one poisoned set. */
  public RepairEvaluation evaluation(Defence defence, Optional<PruningCurve> poisoned) {
    SetCounts before = defence.counts(0, poisoned);
    if (counts.isEmpty()) {
      return RepairEvaluation.unknown(before);
    }
    SetCounts after =
        new SetCounts(
            defence.cleanTest().map(PruningCurve::imageSet).map(counts::get),
            poisoned.map(PruningCurve::imageSet).map(counts::get));
    return RepairEvaluation.of(before, after);
  }
}
