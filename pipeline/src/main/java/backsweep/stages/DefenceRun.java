package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.evaluation.EntropyEvaluation;
import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.GradientCriterion;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.TracePruningCurves.Wanted;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.ResultStore;
import backsweep.store.SharedFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defences of one network by several criteria while they are computed: the stages in their order,
 * each timed. What an earlier run committed is recalled; what is new is committed as soon as it is
 * known. Statistics serve all criteria, and so does one pass of the prefix over the images.
 */
final class DefenceRun {

  private static final Logger LOG = LoggerFactory.getLogger(DefenceRun.class);

  private final SparkSession spark;
  private final List<DefencePlan> plans;
  private final Work work;
  private final StageClock clock;
  private final CommitResults commit;
  private final ImageStore store;
  private final SharedFiles files;
  private final BatchSizes batches;
  private CutModels cut;

  /** Of plans that differ by their criterion only. */
  DefenceRun(
      SparkSession spark,
      List<DefencePlan> plans,
      Work work,
      StageClock clock,
      CommitResults commit) {
    this.spark = spark;
    this.plans = plans;
    this.work = work;
    this.clock = clock;
    this.commit = commit;
    this.store = new ImageStore(spark, work.output(), work.partitions());
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.batches = plans.get(0).batches(work.pairsPerBatch());
  }

  List<Defence> execute(Repairs wanted) {
    LOG.debug("{}", batches);
    List<Recalled> recalled = clock.time("recall", () -> recall(wanted));
    Map<ImageSet, ImportedImages> images = importImages(needed(recalled, wanted));
    ChannelStatistics statistics =
        recalled.get(0).statistics().orElseGet(() -> collectStatistics(images.get(validation())));
    List<PruningOrder> orders = orders(recalled, statistics, images);
    List<List<PruningCurve>> curves = curves(recalled, orders, images);
    List<Defence> defences = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      List<Repair> repairs =
          new Repairing(plans.get(i), wanted, images)
              .execute(recalled.get(i), new ValidationCurve(curves.get(i).get(0)));
      defences.add(
          new Defence(
              plans.get(i),
              statistics,
              orders.get(i),
              curves.get(i),
              repairs,
              List.of(),
              work.output()));
    }
    clock.time("tables", () -> commit.repairs(defences, recalled, wanted.verify()));
    return new FineTuneRun(spark, store, clock, commit).execute(defences, recalled, images);
  }

  /** The defences beside what another detector does, which is the same for all of them. */
  List<Defence> detect(Strip how, List<Defence> defences) {
    Map<ImageSet, EntropyEvaluation> found =
        new StripRun(spark, store, clock, commit)
            .execute(plans.get(0), how, new ResultStore(spark, work.output()));
    return defences.stream().map(defence -> defence.with(found)).toList();
  }

  private ImageSet validation() {
    return plans.get(0).validation();
  }

  private List<Recalled> recall(Repairs wanted) {
    List<RecallResults> recalls =
        plans.stream().map(plan -> new RecallResults(files, plan, work.output())).toList();
    Committed committed =
        new Committed(
            new ResultStore(spark, work.output()),
            recalls.stream().flatMap(recall -> recall.units(wanted)));
    return recalls.stream().map(recall -> recall.execute(committed, wanted)).toList();
  }

  /** The sources whose images are needed for any of the plans. */
  private List<ImageSource> needed(List<Recalled> recalled, Repairs wanted) {
    return IntStream.range(0, plans.size())
        .boxed()
        .flatMap(i -> recalled.get(i).needed(plans.get(i), wanted).stream())
        .distinct()
        .toList();
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
    DefencePlan plan = plans.get(0);
    ChannelStatistics statistics =
        clock.time(
            "statistics",
            () ->
                new CollectChannelStatistics(spark, store, batches.statistics())
                    .execute(plan.subject().models().statistics(plan.point()), validation));
    statistics.requireFinite(plan.point().statisticsLayer());
    clock.time("tables", () -> commit.statistics(plan, statistics));
    return statistics;
  }

  private List<PruningOrder> orders(
      List<Recalled> recalled, ChannelStatistics statistics, Map<ImageSet, ImportedImages> images) {
    List<PruningOrder> orders = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      DefencePlan plan = plans.get(i);
      PruningOrder order =
          recalled
              .get(i)
              .order()
              .orElseGet(
                  () -> plan.order(statistics, criterion -> scores(plan, criterion, images)));
      LOG.info(Decision.order(plan.criterion(), order));
      orders.add(order);
    }
    return orders;
  }

  private double[] scores(
      DefencePlan plan, GradientCriterion criterion, Map<ImageSet, ImportedImages> images) {
    return clock.time(
        "gradients",
        () -> new ScoreChannels(spark, store, plan).execute(criterion, images.get(validation())));
  }

  /** The curves of every plan, in the order of its sets. */
  private List<List<PruningCurve>> curves(
      List<Recalled> recalled, List<PruningOrder> orders, Map<ImageSet, ImportedImages> images) {
    List<Missing> missing = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      for (ImageSet set : plans.get(i).sets()) {
        if (!recalled.get(i).curves().containsKey(set)) {
          missing.add(new Missing(i, set, new Wanted(images.get(set), orders.get(i))));
        }
      }
    }
    List<Map<ImageSet, PruningCurve>> curves =
        recalled.stream().<Map<ImageSet, PruningCurve>>map(r -> new HashMap<>(r.curves())).toList();
    List<PruningCurve> traced = trace(missing);
    for (int i = 0; i < traced.size(); i++) {
      curves.get(missing.get(i).plan()).put(missing.get(i).set(), traced.get(i));
    }
    return curves.stream()
        .map(bySet -> plans.get(0).sets().stream().map(bySet::get).toList())
        .toList();
  }

  /** A curve that was not recalled. */
  private record Missing(int plan, ImageSet set, Wanted wanted) {}

  private List<PruningCurve> trace(List<Missing> missing) {
    if (missing.isEmpty()) {
      return List.of();
    }
    List<Wanted> wanted = missing.stream().map(Missing::wanted).toList();
    List<PruningCurve> traced =
        clock.time(
            "curves", () -> new TracePruningCurves(spark, store, batches).execute(cut(), wanted));
    List<DefencePlan> traces = missing.stream().map(curve -> plans.get(curve.plan())).toList();
    clock.time("tables", () -> commit.curves(traces, traced));
    return traced;
  }

  /** The network cut at its pruning point, made when it is first needed. */
  private CutModels cut() {
    if (cut == null) {
      cut = CutModels.of(plans.get(0).subject().models(), plans.get(0).point());
    }
    return cut;
  }

  /** The repairs of one plan. */
  private final class Repairing {

    private final DefencePlan plan;
    private final Repairs wanted;
    private final Map<ImageSet, ImportedImages> images;

    private Repairing(DefencePlan plan, Repairs wanted, Map<ImageSet, ImportedImages> images) {
      this.plan = plan;
      this.wanted = wanted;
      this.images = images;
    }

    private List<Repair> execute(Recalled recalled, ValidationCurve validation) {
      Map<StoppingRule, Repair> repairs = new HashMap<>(recalled.repairs());
      List<StoppingRule> missing =
          plan.rules(wanted).stream().filter(rule -> !repairs.containsKey(rule)).toList();
      if (!missing.isEmpty()) {
        List<Repair> made = clock.time("repairs", () -> make(missing, validation));
        List<Repair> verified =
            clock.time("verification", () -> verify(made, validation.curve().order()));
        verified.forEach(repair -> repairs.put(repair.rule(), repair));
      }
      return plan.rules(wanted).stream().map(repairs::get).toList();
    }

    private List<Repair> make(List<StoppingRule> rules, ValidationCurve validation) {
      PruningOrder order = validation.curve().order();
      RepairNetwork repairNetwork = new RepairNetwork(files, plan, work.output());
      List<Repair> repairs = new ArrayList<>();
      for (StoppingRule rule : rules) {
        OptionalInt step = rule.choose(validation);
        LOG.info(Decision.step(rule, step, validation));
        if (step.isEmpty()) {
          repairs.add(Repair.never(rule, order));
        } else if (plan.criterion().isBaseline()) {
          repairs.add(Repair.baseline(rule, step.getAsInt()));
        } else {
          repairs.add(repairNetwork.execute(rule, step.getAsInt(), order));
        }
      }
      return repairs;
    }

    private List<Repair> verify(List<Repair> made, PruningOrder order) {
      List<ImportedImages> all = plan.sets().stream().map(images::get).toList();
      VerifyRepairs verify = new VerifyRepairs(spark, store, wanted.verify(), batches);
      return new ReadBackRepairs(files, plan, work.output())
          .execute(made, order, found -> verify.execute(cut(), order, found, all));
    }
  }
}
