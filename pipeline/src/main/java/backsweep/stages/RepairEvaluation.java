package backsweep.stages;

import backsweep.evaluation.Evaluation;
import backsweep.evaluation.SetCounts;
import backsweep.pruning.PruningCurve;
import java.util.Optional;

/**
 * What one repair does on the clean test set and one poisoned set.
 *
 * @param original the network as it was
 * @param repaired the pruned network; unknown where the step is never reached
 * @param goodNet the detector made of both; unknown where the step is never reached
 */
public record RepairEvaluation(Evaluation original, Evaluation repaired, Evaluation goodNet) {

  /** The measures of a repair; of its attack success only where a poisoned set is there. */
  public static RepairEvaluation of(
      Defence defence, Repair repair, Optional<PruningCurve> poisoned) {
    SetCounts before = defence.counts(0, poisoned);
    return repair.step().isEmpty()
        ? unknown(before)
        : of(before, defence.counts(repair.step().getAsInt(), poisoned));
  }

  /** Of the original network alone. */
  static RepairEvaluation unknown(SetCounts before) {
    return new RepairEvaluation(
        Evaluation.original(before), Evaluation.UNKNOWN, Evaluation.UNKNOWN);
  }

  /** The measures of a network by its counts and those of the original. */
  static RepairEvaluation of(SetCounts before, SetCounts after) {
    return new RepairEvaluation(
        Evaluation.original(before), Evaluation.repaired(before, after), Evaluation.goodNet(after));
  }
}
