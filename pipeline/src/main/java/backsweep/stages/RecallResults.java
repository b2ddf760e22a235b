package backsweep.stages;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import backsweep.evaluation.StepCounts;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.ChannelStatistics.Channel;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.Repair.Verification;
import backsweep.store.ResultStore;
import backsweep.store.SharedFiles;
import backsweep.store.Tables;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.RepairedNetworkRow;
import backsweep.store.Unit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

  private final ResultStore store;
  private final SharedFiles files;
  private final DefencePlan plan;
  private final String output;
  private final Units units;

  RecallResults(ResultStore store, SharedFiles files, DefencePlan plan, String output) {
    this.store = store;
    this.files = files;
    this.plan = plan;
    this.output = output;
    this.units = new Units(plan);
  }

  /** What is there of a defence with these repairs. */
  Recalled execute(Repairs wanted) {
    Map<String, String> committed = store.committedAttempts(ids(wanted));
    Optional<ChannelStatistics> statistics = statistics(committed);
    if (statistics.isEmpty()) {
      return Recalled.NOTHING;
    }
    Map<ImageSet, PruningCurve> curves =
        curves(committed, plan.criterion().order(statistics.get()));
    Map<StoppingRule, Repair> repairs =
        curves.containsKey(plan.validation())
            ? repairs(committed, wanted, new ValidationCurve(curves.get(plan.validation())))
            : Map.of();
    LOG.info(
        "Recalled from earlier runs: channel statistics, {} of {} curves, {} of {} repairs",
        curves.size(),
        plan.sources().size(),
        repairs.size(),
        wanted.rules().size());
    return new Recalled(statistics, curves, repairs, evaluations(committed, wanted));
  }

  private Set<String> ids(Repairs wanted) {
    Stream<Unit> all =
        Stream.of(
                Stream.of(units.statistics()),
                plan.sources().stream().map(source -> units.curve(source.set())),
                wanted.rules().stream().map(units::repair),
                wanted.rules().stream().flatMap(this::evaluations))
            .flatMap(kind -> kind);
    return all.map(Unit::id).collect(toSet());
  }

  private Stream<Unit> evaluations(StoppingRule rule) {
    return plan.reported().stream()
        .map(poisoned -> units.evaluation(rule, plan.cleanTest(), poisoned));
  }

  private Set<String> evaluations(Map<String, String> committed, Repairs wanted) {
    Map<String, String> attempts = new HashMap<>();
    wanted.rules().stream()
        .flatMap(this::evaluations)
        .forEach(unit -> attempts.putAll(only(unit, committed)));
    Map<String, Long> rows =
        store.rows(Tables.EVALUATIONS, attempts).stream()
            .collect(groupingBy(EvaluationRow::unit, counting()));
    rows.values().removeIf(number -> number != ResultRows.EVALUATED);
    return rows.keySet();
  }

  private static Map<String, String> only(Unit unit, Map<String, String> committed) {
    String attempt = committed.get(unit.id());
    return attempt == null ? Map.of() : Map.of(unit.id(), attempt);
  }

  private Optional<ChannelStatistics> statistics(Map<String, String> committed) {
    Map<String, String> attempt = only(units.statistics(), committed);
    if (attempt.isEmpty()) {
      return Optional.empty();
    }
    List<ChannelStatisticsRow> rows =
        store.rows(Tables.CHANNEL_STATISTICS, attempt).stream()
            .sorted(Comparator.comparingInt(ChannelStatisticsRow::channel))
            .toList();
    List<Integer> found = rows.stream().map(ChannelStatisticsRow::channel).toList();
    if (!isWhole("channel statistics", found, plan.point().channels())) {
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

  private Map<ImageSet, PruningCurve> curves(Map<String, String> committed, PruningOrder order) {
    Map<String, String> attempts = new HashMap<>();
    plan.sources().forEach(source -> attempts.putAll(only(units.curve(source.set()), committed)));
    Map<String, List<PruningCurveRow>> rows =
        store.rows(Tables.PRUNING_CURVE, attempts).stream()
            .sorted(Comparator.comparingInt(PruningCurveRow::step))
            .collect(groupingBy(PruningCurveRow::unit));
    Map<ImageSet, PruningCurve> curves = new HashMap<>();
    for (ImageSource source : plan.sources()) {
      String unit = units.curve(source.set()).id();
      if (attempts.containsKey(unit)) {
        curve(source.set(), order, rows.getOrDefault(unit, List.of()))
            .ifPresent(curve -> curves.put(source.set(), curve));
      }
    }
    return curves;
  }

  private static Optional<PruningCurve> curve(
      ImageSet set, PruningOrder order, List<PruningCurveRow> rows) {
    List<Integer> steps = rows.stream().map(PruningCurveRow::step).toList();
    if (!isWhole("steps of " + set.name(), steps, order.lastStep() + 1)
        || !rows.stream().allMatch(row -> row.channel() == order.channelPrunedAt(row.step()))) {
      return Optional.empty();
    }
    return Optional.of(
        new PruningCurve(set, order, rows.stream().map(RecallResults::counts).toList()));
  }

  private static StepCounts counts(PruningCurveRow row) {
    Optional<TrueLabelCounts> trueLabels =
        Optional.ofNullable(row.trueLabelHits())
            .map(
                hits ->
                    new TrueLabelCounts(hits, row.imagesNotTarget(), row.targetHitsNotTarget()));
    return new StepCounts(
        row.images(),
        row.labelHits(),
        row.agreements(),
        row.agreedLabelHits(),
        row.firstDisagreements(),
        trueLabels);
  }

  private Map<StoppingRule, Repair> repairs(
      Map<String, String> committed, Repairs wanted, ValidationCurve validation) {
    Map<String, String> attempts = new HashMap<>();
    wanted.rules().forEach(rule -> attempts.putAll(only(units.repair(rule), committed)));
    Map<String, List<RepairedNetworkRow>> rows =
        store.rows(Tables.REPAIRED_NETWORKS, attempts).stream()
            .collect(groupingBy(RepairedNetworkRow::unit));
    Map<StoppingRule, Repair> repairs = new HashMap<>();
    for (StoppingRule rule : wanted.rules()) {
      rows.getOrDefault(units.repair(rule).id(), List.of()).stream()
          .filter(row -> isVerified(row, wanted.verify()))
          .map(row -> repair(rule, row, validation.curve().order()))
          .filter(repair -> repair.step().equals(rule.choose(validation)))
          .filter(this::isIntact)
          .forEach(repair -> repairs.put(rule, repair));
    }
    return repairs;
  }

  private static Repair repair(StoppingRule rule, RepairedNetworkRow row, PruningOrder order) {
    if (row.step() == null) {
      return Repair.never(rule, order);
    }
    long verified = row.verifiedImages() == null ? 0 : row.verifiedImages();
    return new Repair(
        rule,
        OptionalInt.of(row.step()),
        file(row.goodnet(), row.goodnetSha256()),
        file(row.file(), row.sha256()),
        Optional.ofNullable(row.reason()),
        new Verification(verified, Optional.empty()));
  }

  private static Optional<Repair.File> file(String path, String sha256) {
    return Optional.ofNullable(path)
        .map(known -> new Repair.File(known, Optional.ofNullable(sha256).orElse("unknown")));
  }

  /** A file is compared again where images are asked on which it was not. */
  private boolean isVerified(RepairedNetworkRow row, VerifyRepairs.Extent extent) {
    return row.file() == null
        || (row.verifiedSets() != null
            && VerifiedSets.covers(row.verifiedSets(), extent, plan.sets()));
  }

  private boolean isIntact(Repair repair) {
    return Stream.of(repair.goodNet(), repair.file())
        .flatMap(Optional::stream)
        .allMatch(this::isIntact);
  }

  private boolean isIntact(Repair.File file) {
    Optional<String> found = files.sha256(output + "/" + file.path());
    boolean isIntact = found.equals(Optional.of(file.sha256()));
    if (!isIntact) {
      LOG.warn(
          "{} is {}: repairing again",
          file.path(),
          found.isPresent() ? "not what was written" : "gone");
    }
    return isIntact;
  }
}
