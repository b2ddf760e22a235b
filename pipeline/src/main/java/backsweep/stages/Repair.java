package backsweep.stages;

import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One repaired network and its detector.
 *
 * @param rule what chose the step
 * @param step channels pruned; empty where the drop is never reached
 * @param goodNet the detector's folder under the output; empty where the drop is never reached
 * @param file the repaired network; empty where there is none
 * @param reason why there is no file
 * @param verification what came of reading the file back
 */
public record Repair(
    StoppingRule rule,
    OptionalInt step,
    Optional<File> goodNet,
    Optional<File> file,
    Optional<String> reason,
    Verification verification) {

  /**
   * A file or folder that was written.
   *
   * @param path under the output
   * @param sha256 of its bytes; of a folder over the names and bytes of its files
   */
  public record File(String path, String sha256) {}

  /**
   * The comparison of a file, read back, with the curve.
   *
   * @param images on how many images
   * @param failure how they differ; empty where they do not
   */
  public record Verification(long images, Optional<String> failure) {

    /** No comparison yet. */
    public static final Verification NONE = new Verification(0, Optional.empty());
  }

  /**
   * The repair of a drop that is not reached by pruning in an order, maybe of some channels only.
   */
  static Repair never(StoppingRule rule, PruningOrder order) {
    String reason =
        "clean validation accuracy never falls by %s points".formatted(rule.shortestDrop());
    if (order.lastStep() < order.channels()) {
      reason +=
          " within the %d of %d channels of the order"
              .formatted(order.lastStep(), order.channels());
    }
    return new Repair(
        rule,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reason),
        Verification.NONE);
  }

  /** What a step would be, of a criterion that others are only compared with. */
  static Repair baseline(StoppingRule rule, int step) {
    return new Repair(
        rule,
        OptionalInt.of(step),
        Optional.empty(),
        Optional.empty(),
        Optional.of("a baseline to compare with"),
        Verification.NONE);
  }

  /** The repair at a step, with its detector. */
  static Repair at(StoppingRule rule, int step, File goodNet) {
    return new Repair(
        rule,
        OptionalInt.of(step),
        Optional.of(goodNet),
        Optional.empty(),
        Optional.empty(),
        Verification.NONE);
  }

  /** This repair with the file of its network. */
  Repair withFile(File written) {
    return new Repair(rule, step, goodNet, Optional.of(written), reason, verification);
  }

  /** This repair without a file, and why. */
  Repair without(String why) {
    return new Repair(rule, step, goodNet, file, Optional.of(why), verification);
  }

  /** This repair after its file was read back. */
  Repair verified(Verification found) {
    return new Repair(rule, step, goodNet, file, reason, found);
  }
}
