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
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defences of some networks, each by one criterion or several, while they are computed: the stages
 * in their order, each timed, and each one Spark job for all networks. What an earlier run
 * committed is recalled; what is new is committed as soon as it is known. Statistics serve all
 * criteria of a network, and so does one pass of its prefix over the images.
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
  private final Map<String, CutModels> cut = new HashMap<>();

  /** Of plans of any networks; those of one network differ by their criterion only. */
  DefenceRun(
      SparkSession spark,
      List<DefencePlan> plans,
      Work work,
      StageClock clock,
      CommitResults commit) {
    this.spark = spark;
    this.plans = List.copyOf(plans);
    this.work = work;
    this.clock = clock;
    this.commit = commit;
    this.store = new ImageStore(spark, work.output(), work.partitions());
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  /**
   * The defences, one for each plan.
   *
   * @param strip the detector that G is compared with, if it is
   */
  List<Defence> execute(Repairs wanted, Optional<Strip> strip) {
    List<Defence> defences = execute(wanted);
    return strip.map(how -> detect(how, defences)).orElse(defences);
  }

  private List<Defence> execute(Repairs wanted) {
    List<Recalled> recalled = clock.time("recall", () -> recall(wanted));
    Map<ImageSet, ImportedImages> images = importImages(needed(recalled, wanted));
    List<ChannelStatistics> statistics = statistics(recalled, images);
    List<PruningOrder> orders = orders(recalled, statistics, images);
    List<List<PruningCurve>> curves = curves(recalled, orders, images);
    List<Defence> defences = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      defences.add(
          new Defence(
              plans.get(i),
              statistics.get(i),
              orders.get(i),
              curves.get(i),
              repairs(plans.get(i), recalled.get(i), wanted, curves.get(i).get(0)),
              List.of(),
              work.output()));
    }
    List<Defence> verified = verify(defences, recalled, wanted, images);
    clock.time("tables", () -> commit.repairs(verified, recalled, wanted.verify()));
    return new FineTuneRun(spark, store, clock, commit).execute(verified, recalled, images);
  }

  /** The defences beside what another detector does, which is the same for all of a network. */
  private List<Defence> detect(Strip how, List<Defence> defences) {
    ResultStore results = new ResultStore(spark, work.output());
    StripRun strip = new StripRun(spark, store, clock, commit);
    Map<String, Map<ImageSet, EntropyEvaluation>> found = new HashMap<>();
    return defences.stream()
        .map(
            defence ->
                defence.with(
                    found.computeIfAbsent(
                        network(defence.plan()),
                        network -> strip.execute(defence.plan(), how, results))))
        .toList();
  }

  /** What tells the networks of plans apart, with their images: the same for all criteria. */
  private static String network(DefencePlan plan) {
    return new Units(plan).statistics().id();
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
    return imported.stream()
        .collect(toMap(ImportedImages::set, images -> images, (one, same) -> one));
  }

  /** The statistics of every plan. */
  private List<ChannelStatistics> statistics(
      List<Recalled> recalled, Map<ImageSet, ImportedImages> images) {
    Map<String, ChannelStatistics> known = new HashMap<>();
    Map<String, DefencePlan> missing = new LinkedHashMap<>();
    for (int i = 0; i < plans.size(); i++) {
      DefencePlan plan = plans.get(i);
      recalled
          .get(i)
          .statistics()
          .ifPresentOrElse(
              found -> known.put(network(plan), found),
              () -> missing.putIfAbsent(network(plan), plan));
    }
    if (!missing.isEmpty()) {
      known.putAll(collectStatistics(missing, images));
    }
    return plans.stream().map(plan -> known.get(network(plan))).toList();
  }

  private Map<String, ChannelStatistics> collectStatistics(
      Map<String, DefencePlan> missing, Map<ImageSet, ImportedImages> images) {
    List<DefencePlan> of = List.copyOf(missing.values());
    List<CollectChannelStatistics.Wanted> wanted =
        of.stream()
            .map(
                plan ->
                    new CollectChannelStatistics.Wanted(
                        plan.subject().models().statistics(plan.point()),
                        plan.batches(work.pairsPerBatch()).statistics(),
                        images.get(plan.validation())))
            .toList();
    List<ChannelStatistics> collected =
        clock.time("statistics", () -> new CollectChannelStatistics(spark, store).execute(wanted));
    for (int i = 0; i < of.size(); i++) {
      collected.get(i).requireFinite(of.get(i).point().statisticsLayer());
    }
    clock.time("tables", () -> commit.statistics(of, collected));
    Iterator<ChannelStatistics> next = collected.iterator();
    return missing.keySet().stream().collect(toMap(network -> network, network -> next.next()));
  }

  private List<PruningOrder> orders(
      List<Recalled> recalled,
      List<ChannelStatistics> statistics,
      Map<ImageSet, ImportedImages> images) {
    List<PruningOrder> orders = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      DefencePlan plan = plans.get(i);
      ChannelStatistics known = statistics.get(i);
      PruningOrder order =
          recalled
              .get(i)
              .order()
              .orElseGet(() -> plan.order(known, criterion -> scores(plan, criterion, images)));
      LOG.info(Decision.order(plan.criterion(), order));
      orders.add(order);
    }
    return orders;
  }

  private double[] scores(
      DefencePlan plan, GradientCriterion criterion, Map<ImageSet, ImportedImages> images) {
    ImportedImages validation = images.get(plan.validation());
    return clock.time(
        "gradients", () -> new ScoreChannels(spark, store, plan).execute(criterion, validation));
  }

  /** The curves of every plan, in the order of its sets. */
  private List<List<PruningCurve>> curves(
      List<Recalled> recalled, List<PruningOrder> orders, Map<ImageSet, ImportedImages> images) {
    List<Missing> missing = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      for (ImageSet set : plans.get(i).sets()) {
        if (!recalled.get(i).curves().containsKey(set)) {
          Wanted wanted = new Wanted(cut(plans.get(i)), images.get(set), orders.get(i));
          missing.add(new Missing(i, set, wanted));
        }
      }
    }
    List<Map<ImageSet, PruningCurve>> curves =
        recalled.stream().<Map<ImageSet, PruningCurve>>map(r -> new HashMap<>(r.curves())).toList();
    List<PruningCurve> traced = trace(missing);
    for (int i = 0; i < traced.size(); i++) {
      curves.get(missing.get(i).plan()).put(missing.get(i).set(), traced.get(i));
    }
    return IntStream.range(0, plans.size())
        .mapToObj(i -> plans.get(i).sets().stream().map(curves.get(i)::get).toList())
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
        clock.time("curves", () -> new TracePruningCurves(spark, store).execute(wanted));
    List<DefencePlan> traces = missing.stream().map(curve -> plans.get(curve.plan())).toList();
    clock.time("tables", () -> commit.curves(traces, traced));
    return traced;
  }

  /** The network of a plan, cut at its pruning point, made when it is first needed. */
  private CutModels cut(DefencePlan plan) {
    return cut.computeIfAbsent(
        network(plan),
        network ->
            CutModels.of(
                plan.subject().models(), plan.point(), plan.batches(work.pairsPerBatch())));
  }

  /** The repairs of a plan, in the order of its rules; those that are new are not verified. */
  private List<Repair> repairs(
      DefencePlan plan, Recalled recalled, Repairs wanted, PruningCurve validation) {
    return plan.rules(wanted).stream()
        .map(
            rule ->
                Optional.ofNullable(recalled.repairs().get(rule))
                    .orElseGet(
                        () ->
                            clock.time(
                                "repairs",
                                () -> repair(plan, rule, new ValidationCurve(validation)))))
        .toList();
  }

  private Repair repair(DefencePlan plan, StoppingRule rule, ValidationCurve validation) {
    PruningOrder order = validation.curve().order();
    OptionalInt step = rule.choose(validation);
    LOG.info(Decision.step(rule, step, validation));
    if (step.isEmpty()) {
      return Repair.never(rule, order);
    }
    return plan.criterion().isBaseline()
        ? Repair.baseline(rule, step.getAsInt())
        : new RepairNetwork(files, plan, work.output()).execute(rule, step.getAsInt(), order);
  }

  /** The defences with their new repairs verified. */
  private List<Defence> verify(
      List<Defence> defences,
      List<Recalled> recalled,
      Repairs wanted,
      Map<ImageSet, ImportedImages> images) {
    List<PrunedNetwork> made = new ArrayList<>();
    for (int i = 0; i < defences.size(); i++) {
      Recalled known = recalled.get(i);
      defences.get(i).pruned().filter(one -> !known.has(one.repair())).forEach(made::add);
    }
    VerifyRepairs verify = new VerifyRepairs(spark, store, wanted.verify());
    Iterator<Repair> verified =
        made.isEmpty()
            ? Collections.emptyIterator()
            : clock
                .time(
                    "verification",
                    () -> new VerifyRun(files, verify, this::cut).execute(made, images))
                .iterator();
    List<Defence> results = new ArrayList<>();
    for (int i = 0; i < defences.size(); i++) {
      Recalled known = recalled.get(i);
      results.add(
          defences
              .get(i)
              .withVerified(
                  defences.get(i).repairs().stream()
                      .map(repair -> known.has(repair) ? repair : verified.next())
                      .toList()));
    }
    return results;
  }
}
