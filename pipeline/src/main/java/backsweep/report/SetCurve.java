package backsweep.report;

import backsweep.evaluation.Share;
import backsweep.images.Role;
import backsweep.store.Tables.PruningCurveRow;
import java.util.Comparator;
import java.util.List;

/**
 * A pruning curve on one image set.
 *
 * @param name of the set
 * @param role of the set
 * @param steps from 0 on
 */
public record SetCurve(String name, Role role, List<PruningCurveRow> steps) {

  /** Sorts the steps. */
  public SetCurve {
    steps = steps.stream().sorted(Comparator.comparingInt(PruningCurveRow::step)).toList();
  }

  /** A curve of the rows of one unit, of which there is at least one. */
  static SetCurve of(List<PruningCurveRow> rows) {
    PruningCurveRow any = rows.get(0);
    return new SetCurve(any.imageSet(), Role.ofTableName(any.role()), rows);
  }

  /** Answers equal to the label: clean accuracy, or attack success of a poisoned set. */
  public Share labelShare(int step) {
    PruningCurveRow row = steps.get(step);
    return new Share(row.labelHits(), row.images());
  }

  /** Images whose first disagreement is at a step or before it. */
  public Share flaggedBy(int step) {
    long flagged =
        steps.stream().limit(step + 1L).mapToLong(PruningCurveRow::firstDisagreements).sum();
    return new Share(flagged, steps.get(0).images());
  }

  /** The last step. */
  public int lastStep() {
    return steps.size() - 1;
  }
}
