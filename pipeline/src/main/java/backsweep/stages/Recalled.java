package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.stages.DefenceRequest.Repairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier runs committed of a defence, so that it need not be computed.
 *
 * @param statistics the channel statistics
 * @param order the order of the channels; known whenever a curve is
 * @param curves by their image sets
 * @param repairs by the rules that chose their steps
 * @param fineTuned repairs after fine-tuning, by the same rules
 * @param evaluations ids of evaluation and detector units
 * @param activations the sets whose mean activations are known
 */
record Recalled(
    Optional<ChannelStatistics> statistics,
    Optional<PruningOrder> order,
    Map<ImageSet, PruningCurve> curves,
    Map<StoppingRule, Repair> repairs,
    Map<StoppingRule, FineTuned> fineTuned,
    Set<String> evaluations,
    Set<ImageSet> activations) {

  /** Of a defence that is new. */
  static final Recalled NOTHING =
      new Recalled(
          Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of(), Set.of(), Set.of());

  /** Copies the collections. */
  Recalled {
    curves = Map.copyOf(curves);
    repairs = Map.copyOf(repairs);
    fineTuned = Map.copyOf(fineTuned);
    evaluations = Set.copyOf(evaluations);
    activations = Set.copyOf(activations);
  }

  /** Whether a repair is one of these. */
  boolean has(Repair repair) {
    return repairs.containsKey(repair.rule());
  }

  /** The sets whose mean activations are yet to be measured. */
  List<ImageSet> missingActivations(DefencePlan plan) {
    return plan.compared().stream().filter(set -> !activations.contains(set)).toList();
  }

  /** The sources whose images are needed for what is missing: every set for a repair. */
  List<ImageSource> needed(DefencePlan plan, Repairs wanted) {
    List<StoppingRule> rules = plan.rules(wanted);
    boolean isTuningMissing = isTuningMissing(plan, rules);
    boolean isAllNeeded = isTuningMissing || !repairs.keySet().containsAll(rules);
    List<ImageSet> measured = missingActivations(plan);
    List<ImageSource> needed = new ArrayList<>();
    plan.sources().stream()
        .filter(
            source ->
                isAllNeeded || !curves.containsKey(source.set()) || measured.contains(source.set()))
        .forEach(needed::add);
    plan.fineTuning().filter(tuning -> isTuningMissing).ifPresent(t -> needed.add(t.source()));
    return needed;
  }

  /** A repair without a step is not fine-tuned. */
  private boolean isTuningMissing(DefencePlan plan, List<StoppingRule> rules) {
    return plan.isFineTuned()
        && rules.stream()
            .anyMatch(
                rule ->
                    !fineTuned.containsKey(rule)
                        && !(repairs.containsKey(rule) && repairs.get(rule).step().isEmpty()));
  }
}
