package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.stages.DefenceRequest.Repairs;
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
 * @param evaluations ids of evaluation and detector units
 */
record Recalled(
    Optional<ChannelStatistics> statistics,
    Optional<PruningOrder> order,
    Map<ImageSet, PruningCurve> curves,
    Map<StoppingRule, Repair> repairs,
    Set<String> evaluations) {

  /** Of a defence that is new. */
  static final Recalled NOTHING =
      new Recalled(Optional.empty(), Optional.empty(), Map.of(), Map.of(), Set.of());

  /** Copies the collections. */
  Recalled {
    curves = Map.copyOf(curves);
    repairs = Map.copyOf(repairs);
    evaluations = Set.copyOf(evaluations);
  }

  /** The sources whose images are needed for what is missing: every set for a repair. */
  List<ImageSource> needed(DefencePlan plan, Repairs wanted) {
    boolean isRepairMissing = !repairs.keySet().containsAll(wanted.rules());
    return plan.sources().stream()
        .filter(source -> isRepairMissing || !curves.containsKey(source.set()))
        .toList();
  }
}
