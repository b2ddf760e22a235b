package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.evaluation.EntropyEvaluation;
import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.OrderRun.Orders;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defences of some networks, each by one criterion or several, while they are computed: the stages
 * in their order, each timed, and each one Spark job for all networks. What an earlier run
 * committed is recalled; what is new is committed as soon as it is known. Statistics serve all
 * criteria of a network, and so does one pass of its prefix over the images. A criterion that fails
 * is committed as failed, and the others go on.
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
   * A defence for each plan, or why its criterion failed.
   *
   * @param strip the detector that G is compared with, if it is
   */
  Defences execute(Repairs wanted, Optional<Strip> strip) {
    Defences defended = execute(wanted);
    Defences defences = defended.withHints(hints(defended.done()));
    return strip.map(how -> defences.with(detect(how, defences.done()))).orElse(defences);
  }

  /** What looks like a slip, by network: it is the same for all criteria. */
  private Map<String, List<Slip>> hints(List<Defence> defences) {
    Map<String, Defence> networks = new LinkedHashMap<>();
    defences.forEach(one -> networks.putIfAbsent(one.plan().network(), one));
    return new HintRun(spark, store, clock)
        .execute(List.copyOf(networks.values()), work.pairsPerBatch());
  }

  private Defences execute(Repairs wanted) {
    List<Begun> begun = clock.time("recall", () -> recall(wanted));
    List<Begun> possible = begun.stream().filter(Begun::isPossible).toList();
    Map<ImageSet, ImportedImages> images = importImages(needed(possible, wanted));
    List<ChannelStatistics> statistics =
        new StatisticsRun(spark, store, clock, commit)
            .execute(possible, images, work.pairsPerBatch());
    new ActivationsRun(spark, store, clock, commit).execute(possible, images, work.pairsPerBatch());
    Orders orders = new OrderRun(spark, store, clock).execute(possible, statistics, images);
    List<FailedCriterion> failed = Stream.concat(failed(begun), orders.failed().stream()).toList();
    commit(failed);
    return new Defences(defend(orders.ordered(), wanted, images), failed);
  }

  private static Stream<FailedCriterion> failed(List<Begun> begun) {
    return begun.stream()
        .flatMap(one -> one.failure().map(why -> new FailedCriterion(one.plan(), why)).stream());
  }

  /** What an earlier run failed at is kept already. */
  private void commit(List<FailedCriterion> failed) {
    List<FailedCriterion> now =
        failed.stream().filter(one -> one.failure().earlier().isEmpty()).toList();
    if (!now.isEmpty()) {
      now.forEach(one -> LOG.info("{}: {}", one.plan().subject().name(), one.named().words()));
      clock.time("tables", () -> commit.failed(now));
    }
  }

  private List<Defence> defend(
      List<Ordered> ordered, Repairs wanted, Map<ImageSet, ImportedImages> images) {
    List<Recalled> recalled = ordered.stream().map(Ordered::recalled).toList();
    List<List<PruningCurve>> curves = curves(ordered, images);
    List<List<Repair>> repairs =
        new RepairRun(files, work.output(), clock)
            .execute(
                ordered,
                curves.stream().map(of -> new ValidationCurve(of.get(0))).toList(),
                wanted);
    List<Defence> defences = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Ordered one = ordered.get(i);
      defences.add(
          new Defence(
              one.plan(),
              one.statistics(),
              one.order(),
              curves.get(i),
              repairs.get(i),
              List.of(),
              work.output()));
    }
    List<Defence> verified = verify(defences, recalled, wanted, images);
    clock.time("tables", () -> commit.repairs(verified, recalled, wanted.verify()));
    return new FineTuneRun(spark, store, clock, commit).execute(verified, recalled, images);
  }

  /** The defences beside what another detector does, which is the same for all of a network. */
  private List<Defence> detect(Strip how, List<Defence> defences) {
    Map<String, DefencePlan> networks = new LinkedHashMap<>();
    defences.forEach(one -> networks.putIfAbsent(one.plan().network(), one.plan()));
    Iterator<Map<ImageSet, EntropyEvaluation>> found =
        new StripRun(spark, store, clock, commit)
            .execute(List.copyOf(networks.values()), how, new ResultStore(spark, work.output()))
            .iterator();
    Map<String, Map<ImageSet, EntropyEvaluation>> byNetwork =
        networks.keySet().stream().collect(toMap(network -> network, network -> found.next()));
    return defences.stream()
        .map(defence -> defence.with(byNetwork.get(defence.plan().network())))
        .toList();
  }

  private List<Begun> recall(Repairs wanted) {
    List<RecallResults> recalls =
        plans.stream().map(plan -> new RecallResults(files, plan, work.output())).toList();
    Committed committed =
        new Committed(
            new ResultStore(spark, work.output()),
            recalls.stream().flatMap(recall -> recall.units(wanted)));
    return recalls.stream()
        .map(recall -> recall.begin(committed, wanted, work.isFailedRetried()))
        .toList();
  }

  /** The sources whose images are needed for any of the plans. */
  private static List<ImageSource> needed(List<Begun> begun, Repairs wanted) {
    return begun.stream()
        .flatMap(one -> one.recalled().needed(one.plan(), wanted).stream())
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

  /** The curves of every plan, in the order of its sets. */
  private List<List<PruningCurve>> curves(
      List<Ordered> ordered, Map<ImageSet, ImportedImages> images) {
    List<Map<ImageSet, PruningCurve>> curves = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    for (Ordered one : ordered) {
      Map<ImageSet, PruningCurve> known = new HashMap<>(one.recalled().curves());
      curves.add(known);
      for (ImageSet set : one.plan().sets()) {
        if (!known.containsKey(set)) {
          Wanted wanted = new Wanted(cut(one.plan()), images.get(set), one.order());
          missing.add(new Missing(one.plan(), known, wanted));
        }
      }
    }
    trace(missing);
    return IntStream.range(0, ordered.size())
        .mapToObj(i -> ordered.get(i).plan().sets().stream().map(curves.get(i)::get).toList())
        .toList();
  }

  /** A curve that was not recalled, and where it goes. */
  private record Missing(DefencePlan plan, Map<ImageSet, PruningCurve> known, Wanted wanted) {}

  private void trace(List<Missing> missing) {
    if (missing.isEmpty()) {
      return;
    }
    List<Wanted> wanted = missing.stream().map(Missing::wanted).toList();
    List<PruningCurve> traced =
        clock.time("curves", () -> new TracePruningCurves(spark, store).execute(wanted));
    List<DefencePlan> traces = missing.stream().map(Missing::plan).toList();
    clock.time("tables", () -> commit.curves(traces, traced));
    for (int i = 0; i < traced.size(); i++) {
      missing.get(i).known().put(traced.get(i).imageSet(), traced.get(i));
    }
  }

  /** The network of a plan, cut at its pruning point, made when it is first needed. */
  private CutModels cut(DefencePlan plan) {
    return cut.computeIfAbsent(
        plan.network(),
        network ->
            CutModels.of(
                plan.subject().models(), plan.point(), plan.batches(work.pairsPerBatch())));
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
