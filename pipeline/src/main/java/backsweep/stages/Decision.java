package backsweep.stages;

import backsweep.pruning.Criterion;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What a run decided and why, in a line of the log each. */
final class Decision {

  private static final int FIRST_CHANNELS = 5;

  private Decision() {}

  /** In which order channels are pruned. */
  static String order(Criterion criterion, PruningOrder order) {
    if (order.lastStep() == 0) {
      return "Pruning none of %d channels".formatted(order.channels());
    }
    String first =
        order.pruned().stream()
            .limit(FIRST_CHANNELS)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "Pruning %d of %d channels in the order of %s, first %s%s"
        .formatted(
            order.lastStep(),
            order.channels(),
            criterion.label(),
            first,
            order.lastStep() > FIRST_CHANNELS ? ", ..." : "");
  }

  /** Which step a rule chose: where the accuracy falls too far, or the one before. */
  static String step(StoppingRule rule, OptionalInt step, ValidationCurve validation) {
    if (rule instanceof StoppingRule.NoPruning) {
      return "Nothing is pruned, to be compared with";
    }
    PruningCurve curve = validation.curve();
    String decision = "X = %s %% (%s): ".formatted(rule.shortestDrop(), rule.name());
    if (step.isEmpty()) {
      return decision
          + "no step, validation accuracy never falls that far below "
          + accuracy(curve, 0);
    }
    int chosen = step.getAsInt();
    int fallen = rule instanceof StoppingRule.LastWithin ? chosen + 1 : chosen;
    return "%sstep %d of %d; at step %d validation accuracy, originally %s, falls from %s to %s"
        .formatted(
            decision,
            chosen,
            curve.order().lastStep(),
            fallen,
            accuracy(curve, 0),
            accuracy(curve, fallen - 1),
            accuracy(curve, fallen));
  }

  private static String accuracy(PruningCurve curve, int step) {
    return String.format(Locale.ROOT, "%.3f %%", curve.at(step).labelShare().percent());
  }
}
