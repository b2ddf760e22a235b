package backsweep.stages;

import backsweep.evaluation.DetectorEvaluation;
import backsweep.images.ImageSet;
import backsweep.inference.Threads;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningCurve;
import backsweep.stages.FailedDefences.Ended;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.store.Batch;
import backsweep.store.Batch.Attempt;
import backsweep.store.OutputLock;
import backsweep.store.ResultStore;
import backsweep.store.TableRow;
import backsweep.store.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** Commits what one run finds out of networks, unit by unit, as soon as it is known. */
final class CommitResults {

  private final Run run;
  private final OutputLock lock;
  private final Map<String, String> versions;
  private final ResultStore store;

  /** Commits to an output. */
  CommitResults(SparkSession spark, String output, Run run, OutputLock lock) {
    this.run = run;
    this.lock = lock;
    this.versions = versions(run, ExecutorThreads.of(spark.sparkContext().getConf()));
    this.store = new ResultStore(spark, output);
  }

  private static Map<String, String> versions(Run run, Threads threads) {
    Map<String, String> versions = new HashMap<>(run.versions());
    versions.put("tasks_per_executor", Integer.toString(threads.concurrentTasks()));
    versions.put("threads_per_task", Integer.toString(threads.perTask()));
    return versions;
  }

  private void write(Batch batch) {
    lock.requireHeld();
    batch.writeTo(store);
  }

  private Batch batch() {
    return new Batch(run.id(), run.started(), versions);
  }

  /**
   * Commits channel statistics.
   *
   * @param plans of any criterion, one for each
   */
  void statistics(List<DefencePlan> plans, List<ChannelStatistics> statistics) {
    Batch batch = batch();
    for (int i = 0; i < plans.size(); i++) {
      DefencePlan plan = plans.get(i);
      ChannelStatistics collected = statistics.get(i);
      batch.done(
          name(plan),
          new Units(plan).statistics(),
          attempt -> new ResultRows(plan).statistics(attempt, collected));
    }
    write(batch);
  }

  private static String name(DefencePlan plan) {
    return plan.subject().name();
  }

  /** Commits curves, each with the plan it is of. */
  void curves(List<DefencePlan> plans, List<PruningCurve> curves) {
    Batch batch = batch();
    for (int i = 0; i < curves.size(); i++) {
      PruningCurve curve = curves.get(i);
      ResultRows rows = new ResultRows(plans.get(i));
      batch.done(
          name(plans.get(i)),
          new Units(plans.get(i)).curve(curve.imageSet()),
          attempt -> rows.curve(attempt, curve));
    }
    write(batch);
  }

  /**
   * Commits the repairs of defences and what they were measured to do, but for those that were
   * recalled.
   *
   * @param recalled of each defence
   * @param verified on which images of every set the repairs were verified
   */
  void repairs(List<Defence> defences, List<Recalled> recalled, Extent verified) {
    Batch batch = batch();
    for (int i = 0; i < defences.size(); i++) {
      Additions additions = new Additions(batch, defences.get(i), recalled.get(i));
      defences.get(i).repairs().forEach(repair -> additions.add(repair, verified));
      additions.addDetectors();
    }
    write(batch);
  }

  /**
   * A unit that was computed.
   *
   * @param plan of its network
   * @param maker what makes its rows
   */
  record Done(DefencePlan plan, Unit unit, Function<Attempt, List<TableRow<?>>> maker) {}

  /** Commits units of networks that are of no criterion; writes nothing where there are none. */
  void done(List<Done> units) {
    if (!units.isEmpty()) {
      Batch batch = batch();
      units.forEach(one -> batch.done(name(one.plan()), one.unit(), one.maker()));
      write(batch);
    }
  }

  /** Commits that criteria failed: there is no order, so no curve by which steps are chosen. */
  void failed(List<FailedCriterion> criteria) {
    Batch batch = batch();
    for (FailedCriterion one : criteria) {
      DefencePlan plan = one.plan();
      Unit unit = new Units(plan).curve(plan.validation());
      batch.failed(name(plan), unit, one.failure().kept(), attempt -> List.of());
    }
    write(batch);
  }

  /** Commits what became of defences of networks as a whole. */
  void ended(List<Ended> defences) {
    Batch batch = batch();
    defences.forEach(
        one ->
            batch.ended(
                one.defence().network(),
                one.defence().unit(),
                one.failure().map(Failure::kept),
                attempt -> List.of()));
    write(batch);
  }

  /** Commits what became of pruned networks by fine-tuning. */
  void fineTuned(List<PrunedNetwork> pruned, List<FineTuned> tuned) {
    Batch batch = batch();
    for (int i = 0; i < tuned.size(); i++) {
      add(batch, pruned.get(i).defence(), tuned.get(i));
    }
    write(batch);
  }

  private void add(Batch batch, Defence defence, FineTuned tuned) {
    Repair repair = tuned.repair();
    ResultRows rows = new ResultRows(defence.plan());
    batch.ended(
        name(defence.plan()),
        new Units(defence.plan()).fineTuning(repair.rule()),
        repair.verification().failure(),
        attempt -> rows.fineTuning(attempt, defence, tuned));
  }

  /** What a defence adds to a batch. */
  private static final class Additions {

    private final Batch batch;
    private final Defence defence;
    private final Recalled recalled;
    private final String network;
    private final Units units;
    private final ResultRows rows;

    private Additions(Batch batch, Defence defence, Recalled recalled) {
      this.batch = batch;
      this.defence = defence;
      this.recalled = recalled;
      this.network = name(defence.plan());
      this.units = new Units(defence.plan());
      this.rows = new ResultRows(defence.plan());
    }

    private void add(Repair repair, Extent verified) {
      if (!recalled.repairs().containsKey(repair.rule())) {
        addRepair(repair, verified);
      }
      if (repair.verification().failure().isEmpty()) {
        addEvaluations(repair);
      }
    }

    private void addDetectors() {
      for (PruningCurve poisoned : defence.poisoned()) {
        defence.detector(poisoned).ifPresent(found -> addDetector(poisoned.imageSet(), found));
      }
    }

    private void addDetector(ImageSet poisoned, DetectorEvaluation found) {
      Unit unit = units.detector(defence.plan().cleanTest().orElseThrow(), poisoned);
      if (!recalled.evaluations().contains(unit.id())) {
        batch.done(network, unit, attempt -> rows.detector(attempt, poisoned, found));
      }
    }

    private void addRepair(Repair repair, Extent verified) {
      batch.ended(
          network,
          units.repair(repair.rule()),
          repair.verification().failure(),
          attempt -> rows.repair(attempt, repair, verified));
    }

    private void addEvaluations(Repair repair) {
      for (Optional<PruningCurve> poisoned : defence.reported()) {
        Optional<ImageSet> set = poisoned.map(PruningCurve::imageSet);
        RepairEvaluation measured = RepairEvaluation.of(defence, repair, poisoned);
        Unit unit = units.evaluation(repair.rule(), defence.plan().cleanTest(), set);
        if (!recalled.evaluations().contains(unit.id())) {
          batch.done(network, unit, attempt -> rows.evaluation(attempt, repair, set, measured));
        }
      }
    }
  }
}
