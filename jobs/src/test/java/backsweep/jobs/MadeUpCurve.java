package backsweep.jobs;

import backsweep.evaluation.Share;
import backsweep.images.Role;
import backsweep.report.SetCurve;
import backsweep.store.Tables.PruningCurveRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A pruning curve that nobody measured, of the shape that pruning curves have: level, then a fall.
 *
 * @param network its name
 * @param criterion the order
 * @param set what it is on
 * @param fall the step at which half is lost
 */
record MadeUpCurve(String network, String criterion, Set set, double fall) {

  /** Steps after the first. */
  static final int CHANNELS = 60;

  private static final long IMAGES = 1283;
  private static final double BEST = 0.985;

  /** An image set. */
  record Set(String name, Role role) {}

  /** The counts after each step. */
  SetCurve curve() {
    List<PruningCurveRow> rows = new ArrayList<>();
    for (int step = 0; step <= CHANNELS; step++) {
      rows.add(row(step));
    }
    return new SetCurve(set.name(), set.role(), rows);
  }

  /** Answers equal to the label after a step. */
  Share hits(int step) {
    return new Share(count(step, BEST), IMAGES);
  }

  /** Answers other than the original's after a step. */
  Share flagged(int step) {
    return new Share(IMAGES - count(step, 1), IMAGES);
  }

  private PruningCurveRow row(int step) {
    return new PruningCurveRow(
        "unit",
        "attempt",
        network,
        criterion,
        step,
        step == 0 ? -1 : (37 * step) % CHANNELS,
        set.name(),
        "sha256",
        set.role().tableName(),
        IMAGES,
        count(step, BEST),
        count(step, 1),
        count(step, BEST),
        step == 0 ? 0 : count(step - 1, 1) - count(step, 1),
        null,
        null,
        null);
  }

  private long count(int step, double best) {
    double left = 1 / (1 + Math.exp((step - fall) / 1.5));
    return step == 0 ? Math.round(IMAGES * best) : Math.round(IMAGES * best * left);
  }
}
