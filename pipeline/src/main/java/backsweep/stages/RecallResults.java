package backsweep.stages;

import static java.util.stream.Collectors.toSet;

import backsweep.evaluation.StepCounts;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.ChannelStatistics.Channel;
import backsweep.pruning.GradientCriterion;
import backsweep.pruning.InvalidOrderException;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.store.SharedFiles;
import backsweep.store.Tables;
import backsweep.store.Tables.ActivationRow;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.PruningOrderRow;
import backsweep.store.Unit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what earlier runs committed of a defence. Only what is whole counts: a unit with missing
 * rows, or a repair whose files are not what was written, is computed again.
 */
final class RecallResults {

  private static final Logger LOG = LoggerFactory.getLogger(RecallResults.class);

  private final DefencePlan plan;
  private final Units units;
  private final RecallRepairs recallRepairs;

  RecallResults(SharedFiles files, DefencePlan plan, String output) {
    this.plan = plan;
    this.units = new Units(plan);
    this.recallRepairs = new RecallRepairs(files, plan, output);
  }

  /** All units of a defence with these repairs. */
  Stream<Unit> units(Repairs wanted) {
    return Stream.of(
            Stream.of(units.statistics()),
            plan.sources().stream().map(source -> units.curve(source.set())),
            rules(wanted).map(units::repair),
            rules(wanted).flatMap(this::evaluations),
            plan.fineTuning().stream().flatMap(tuning -> rules(wanted).map(units::fineTuning)),
            units.detectors(),
            plan.compared().stream().map(units::activations))
        .flatMap(kind -> kind);
  }

  private Stream<StoppingRule> rules(Repairs wanted) {
    return plan.rules(wanted).stream();
  }

  private Stream<Unit> evaluations(StoppingRule rule) {
    return plan.reported().stream()
        .map(poisoned -> units.evaluation(rule, plan.cleanTest(), poisoned));
  }

  /**
   * What is there of a defence with these repairs, and whether it is known to come to nothing.
   *
   * @param isFailedRetried whether what failed before is tried again
   */
  Begun begin(Committed committed, Repairs wanted, boolean isFailedRetried) {
    Optional<Failure> before =
        isFailedRetried ? Optional.empty() : committed.failure(units.curve(plan.validation()));
    return new Begun(
        plan,
        execute(committed, wanted),
        before.or(() -> plan.obstacle().map(why -> new Failure(PlanDefences.STAGE, why))));
  }

  /** What is there of a defence with these repairs. */
  Recalled execute(Committed committed, Repairs wanted) {
    Optional<ChannelStatistics> statistics = statistics(committed);
    if (statistics.isEmpty()) {
      return Recalled.NOTHING;
    }
    Optional<PruningOrder> order = order(committed, statistics.get());
    Map<ImageSet, PruningCurve> curves =
        order.map(known -> curves(committed, known)).orElse(Map.of());
    Map<StoppingRule, Repair> repairs =
        curves.containsKey(plan.validation())
            ? recallRepairs.pruned(
                committed, wanted, new ValidationCurve(curves.get(plan.validation())))
            : Map.of();
    LOG.info(
        "Recalled from earlier runs, {}: channel statistics, {} of {} curves, {} of {} repairs",
        plan.criterion().label(),
        curves.size(),
        plan.sources().size(),
        repairs.size(),
        plan.rules(wanted).size());
    return new Recalled(
        statistics,
        order,
        curves,
        repairs,
        recallRepairs.fineTuned(committed, repairs),
        evaluations(committed, wanted),
        activations(committed));
  }

  /** Computed again, or, where that takes gradients, as it was kept with the validation curve. */
  private Optional<PruningOrder> order(Committed committed, ChannelStatistics statistics) {
    if (!(plan.criterion() instanceof GradientCriterion)) {
      return ordered(statistics);
    }
    return committed
        .rows(Tables.PRUNING_ORDER, PruningOrderRow::unit, units.curve(plan.validation()))
        .flatMap(this::order);
  }

  private Optional<PruningOrder> ordered(ChannelStatistics statistics) {
    try {
      return Optional.of(plan.order(statistics, DefencePlan.NO_GRADIENTS));
    } catch (InvalidOrderException e) {
      return Optional.empty(); // said where orders are made
    }
  }

  private Optional<PruningOrder> order(List<PruningOrderRow> found) {
    List<PruningOrderRow> rows =
        found.stream().sorted(Comparator.comparingInt(PruningOrderRow::rank)).toList();
    List<Integer> ranks = rows.stream().map(row -> row.rank() - 1).toList();
    boolean isWhole =
        isWhole("ranks of " + plan.criterion().label(), ranks, plan.point().channels())
            && rows.stream().allMatch(row -> row.score() != null);
    return isWhole
        ? Optional.of(
            new PruningOrder(
                plan.point().channels(),
                rows.stream().map(PruningOrderRow::channel).toList(),
                rows.stream().map(PruningOrderRow::score).toList()))
        : Optional.empty();
  }

  private Set<String> evaluations(Committed committed, Repairs wanted) {
    Stream<Unit> evaluated =
        rules(wanted)
            .flatMap(this::evaluations)
            .filter(
                unit ->
                    committed
                        .rows(Tables.EVALUATIONS, EvaluationRow::unit, unit)
                        .filter(rows -> rows.size() == ResultRows.EVALUATED)
                        .isPresent());
    Stream<Unit> detectors =
        units
            .detectors()
            .filter(
                unit ->
                    committed
                        .rows(Tables.DETECTORS, DetectorRow::unit, unit)
                        .filter(rows -> rows.size() == 1)
                        .isPresent());
    return Stream.concat(evaluated, detectors).map(Unit::id).collect(toSet());
  }

  private Set<ImageSet> activations(Committed committed) {
    return plan.compared().stream()
        .filter(
            set ->
                committed
                    .rows(Tables.ACTIVATIONS, ActivationRow::unit, units.activations(set))
                    .map(rows -> rows.stream().map(ActivationRow::channel).sorted().toList())
                    .filter(
                        channels ->
                            isWhole(
                                "activations on " + set.name(), channels, plan.point().channels()))
                    .isPresent())
        .collect(toSet());
  }

  private Optional<ChannelStatistics> statistics(Committed committed) {
    return committed
        .rows(Tables.CHANNEL_STATISTICS, ChannelStatisticsRow::unit, units.statistics())
        .flatMap(this::statistics);
  }

  private Optional<ChannelStatistics> statistics(List<ChannelStatisticsRow> found) {
    List<ChannelStatisticsRow> rows =
        found.stream().sorted(Comparator.comparingInt(ChannelStatisticsRow::channel)).toList();
    List<Integer> channels = rows.stream().map(ChannelStatisticsRow::channel).toList();
    if (!isWhole("channel statistics", channels, plan.point().channels())) {
      return Optional.empty();
    }
    return Optional.of(
        new ChannelStatistics(
            rows.get(0).images(), rows.stream().map(RecallResults::channel).toList()));
  }

  private static Channel channel(ChannelStatisticsRow row) {
    return new Channel(row.mean(), row.max(), row.activeShare(), row.zeroShare());
  }

  /** Whether numbers are those from 0 on, each once. */
  private static boolean isWhole(String what, List<Integer> found, int expected) {
    boolean isWhole = found.equals(Stream.iterate(0, i -> i + 1).limit(expected).toList());
    if (!isWhole) {
      LOG.warn(
          "The {} kept by an earlier run are damaged: expected {} rows, found {}; computing them"
              + " again",
          what,
          expected,
          found.size());
    }
    return isWhole;
  }

  private Map<ImageSet, PruningCurve> curves(Committed committed, PruningOrder order) {
    Map<ImageSet, PruningCurve> curves = new HashMap<>();
    for (ImageSet set : plan.sets()) {
      committed
          .rows(Tables.PRUNING_CURVE, PruningCurveRow::unit, units.curve(set))
          .flatMap(rows -> curve(set, order, rows))
          .ifPresent(curve -> curves.put(set, curve));
    }
    return curves;
  }

  private static Optional<PruningCurve> curve(
      ImageSet set, PruningOrder order, List<PruningCurveRow> found) {
    List<PruningCurveRow> rows =
        found.stream().sorted(Comparator.comparingInt(PruningCurveRow::step)).toList();
    List<Integer> steps = rows.stream().map(PruningCurveRow::step).toList();
    if (!isWhole("steps of " + set.name(), steps, order.lastStep() + 1)
        || !rows.stream().allMatch(row -> row.channel() == order.channelPrunedAt(row.step()))) {
      return Optional.empty();
    }
    return Optional.of(
        new PruningCurve(set, order, rows.stream().map(RecallResults::counts).toList()));
  }

  private static StepCounts counts(PruningCurveRow row) {
    return new StepCounts(
        row.images(),
        row.labelHits(),
        row.agreements(),
        row.agreedLabelHits(),
        row.firstDisagreements(),
        TrueLabelCounts.ifKnown(
            row.trueLabelHits(), row.imagesNotTarget(), row.targetHitsNotTarget()));
  }
}
