package backsweep.report;

import backsweep.images.Role;
import backsweep.store.Tables.DetectorRow;
import java.util.List;
import java.util.Optional;

/**
 * What came of pruning a network in one order.
 *
 * @param name of the criterion
 * @param curves on every image set
 * @param repairs in the order of the tolerated loss, each before fine-tuning and then after it
 * @param detectors what G does that goes by the first disagreement, by poisoned set
 */
public record CriterionFindings(
    String name, List<SetCurve> curves, List<RepairFindings> repairs, List<DetectorRow> detectors) {

  private static final String RANDOM = "random-";
  private static final String BASELINE = "none";

  /** Copies the lists. */
  public CriterionFindings {
    curves = List.copyOf(curves);
    repairs = List.copyOf(repairs);
    detectors = List.copyOf(detectors);
  }

  /** Whether only chance made the order. */
  public boolean isRandom() {
    return name.startsWith(RANDOM);
  }

  /** Whether nothing is pruned. */
  public boolean isBaseline() {
    return name.equals(BASELINE);
  }

  /** The curve on the set of this name. */
  public Optional<SetCurve> curve(String imageSet) {
    return curves.stream().filter(curve -> curve.name().equals(imageSet)).findFirst();
  }

  /** The curve that clean accuracy is reported on: the test set's, else the validation set's. */
  public Optional<SetCurve> clean() {
    return curve(Role.CLEAN_TEST).or(() -> curve(Role.CLEAN_VALIDATION));
  }

  /** The curve on the set in a role. */
  public Optional<SetCurve> curve(Role role) {
    return curves.stream().filter(curve -> curve.role() == role).findFirst();
  }

  /** The curves on poisoned sets, by name. */
  public List<SetCurve> poisoned() {
    return curves.stream().filter(curve -> curve.role() == Role.POISONED).toList();
  }
}
