package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.ResultStore;
import backsweep.store.SharedFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One defence while it is computed: the stages in their order, each timed. What an earlier run
 * committed is recalled; what is new is committed as soon as it is known.
 */
final class DefenceRun {

  private static final Logger LOG = LoggerFactory.getLogger(DefenceRun.class);

  private final SparkSession spark;
  private final DefencePlan plan;
  private final Work work;
  private final StageClock clock;
  private final CommitResults commit;
  private final ImageStore store;
  private final SharedFiles files;
  private CutModels cut;

  DefenceRun(
      SparkSession spark, DefencePlan plan, Work work, StageClock clock, CommitResults commit) {
    this.spark = spark;
    this.plan = plan;
    this.work = work;
    this.clock = clock;
    this.commit = commit;
    this.store = new ImageStore(spark, work.output(), work.partitions());
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  Defence execute(Repairs wanted) {
    Recalled recalled = clock.time("recall", () -> recall(wanted));
    Map<ImageSet, ImportedImages> images = importImages(recalled.needed(plan, wanted));
    ChannelStatistics statistics =
        recalled.statistics().orElseGet(() -> collectStatistics(images.get(plan.validation())));
    PruningOrder order = plan.criterion().order(statistics);
    LOG.info(Decision.order(plan.criterion(), order));
    List<PruningCurve> curves = curves(recalled, order, images);
    List<Repair> repairs = repairs(recalled, wanted, new ValidationCurve(curves.get(0)), images);
    Defence defence = new Defence(plan, statistics, order, curves, repairs, work.output());
    clock.time("tables", () -> commit.repairs(defence, recalled, wanted.verify()));
    return defence;
  }

  private Recalled recall(Repairs wanted) {
    ResultStore results = new ResultStore(spark, work.output());
    return new RecallResults(results, files, plan, work.output()).execute(wanted);
  }

  private Map<ImageSet, ImportedImages> importImages(List<ImageSource> sources) {
    if (sources.isEmpty()) {
      return Map.of();
    }
    List<ImportedImages> imported =
        clock.time("import", () -> new ImportImages(spark, store).execute(sources));
    return imported.stream().collect(toMap(ImportedImages::set, images -> images));
  }

  private ChannelStatistics collectStatistics(ImportedImages validation) {
    ChannelStatistics statistics =
        clock.time(
            "statistics",
            () ->
                new CollectChannelStatistics(spark, store)
                    .execute(plan.subject().models().statistics(plan.point()), validation));
    statistics.requireFinite(plan.point().statisticsLayer());
    clock.time("tables", () -> commit.statistics(statistics));
    return statistics;
  }

  private List<PruningCurve> curves(
      Recalled recalled, PruningOrder order, Map<ImageSet, ImportedImages> images) {
    Map<ImageSet, PruningCurve> curves = new HashMap<>(recalled.curves());
    List<ImportedImages> missing =
        plan.sets().stream().filter(set -> !curves.containsKey(set)).map(images::get).toList();
    if (!missing.isEmpty()) {
      List<PruningCurve> traced =
          clock.time(
              "curves",
              () ->
                  new TracePruningCurves(spark, store, work.pairsPerBatch())
                      .execute(cut(), order, missing));
      clock.time("tables", () -> commit.curves(traced));
      traced.forEach(curve -> curves.put(curve.imageSet(), curve));
    }
    return plan.sets().stream().map(curves::get).toList();
  }

  private List<Repair> repairs(
      Recalled recalled,
      Repairs wanted,
      ValidationCurve validation,
      Map<ImageSet, ImportedImages> images) {
    Map<StoppingRule, Repair> repairs = new HashMap<>(recalled.repairs());
    List<StoppingRule> missing =
        wanted.rules().stream().filter(rule -> !repairs.containsKey(rule)).toList();
    if (!missing.isEmpty()) {
      List<Repair> made = clock.time("repairs", () -> repair(missing, validation));
      PruningOrder order = validation.curve().order();
      List<ImportedImages> all = plan.sets().stream().map(images::get).toList();
      VerifyRepairs verify = new VerifyRepairs(spark, store, wanted.verify(), work.pairsPerBatch());
      List<Repair> verified =
          clock.time(
              "verification",
              () ->
                  new ReadBackRepairs(files, plan, work.output())
                      .execute(made, order, found -> verify.execute(cut(), order, found, all)));
      verified.forEach(repair -> repairs.put(repair.rule(), repair));
    }
    return wanted.rules().stream().map(repairs::get).toList();
  }

  private List<Repair> repair(List<StoppingRule> rules, ValidationCurve validation) {
    PruningOrder order = validation.curve().order();
    RepairNetwork repairNetwork = new RepairNetwork(files, plan, work.output());
    List<Repair> repairs = new ArrayList<>();
    for (StoppingRule rule : rules) {
      OptionalInt step = rule.choose(validation);
      LOG.info(Decision.step(rule, step, validation));
      repairs.add(
          step.isPresent()
              ? repairNetwork.execute(rule, step.getAsInt(), order)
              : Repair.never(rule, order));
    }
    return repairs;
  }

  /** The network cut at its pruning point, made when it is first needed. */
  private CutModels cut() {
    if (cut == null) {
      cut = CutModels.of(plan.subject().models(), plan.point());
    }
    return cut;
  }
}
