package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.inference.Threads;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningCurve;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.store.Batch;
import backsweep.store.OutputLock;
import backsweep.store.ResultStore;
import backsweep.store.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Commits what one run of a defence finds out, unit by unit, as soon as it is known. */
final class CommitResults {

  private final DefencePlan plan;
  private final Run run;
  private final OutputLock lock;
  private final Map<String, String> versions;
  private final ResultStore store;
  private final Units units;
  private final ResultRows rows;

  CommitResults(SparkSession spark, DefencePlan plan, String output, Run run, OutputLock lock) {
    this.plan = plan;
    this.run = run;
    this.lock = lock;
    this.versions = versions(run, ExecutorThreads.of(spark.sparkContext().getConf()));
    this.store = new ResultStore(spark, output);
    this.units = new Units(plan);
    this.rows = new ResultRows(plan);
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
    return new Batch(run.id(), plan.subject().name(), versions);
  }

  /** Commits the channel statistics. */
  void statistics(ChannelStatistics statistics) {
    Batch batch = batch();
    batch.done(units.statistics(), run.started(), attempt -> rows.statistics(attempt, statistics));
    write(batch);
  }

  /** Commits curves. */
  void curves(List<PruningCurve> curves) {
    Batch batch = batch();
    for (PruningCurve curve : curves) {
      batch.done(
          units.curve(curve.imageSet()), run.started(), attempt -> rows.curve(attempt, curve));
    }
    write(batch);
  }

  /**
   * Commits the repairs of a defence and what they were measured to do, but for those that were
   * recalled.
   *
   * @param verified on which images of every set the repairs were verified
   */
  void repairs(Defence defence, Recalled recalled, Extent verified) {
    Batch batch = batch();
    for (Repair repair : defence.repairs()) {
      if (!recalled.repairs().containsKey(repair.rule())) {
        addRepair(batch, repair, verified);
      }
      if (repair.verification().failure().isEmpty()) {
        addEvaluations(batch, defence, repair, recalled);
      }
    }
    write(batch);
  }

  private void addRepair(Batch batch, Repair repair, Extent verified) {
    Optional<String> failure = repair.verification().failure();
    if (failure.isPresent()) {
      batch.failed(
          units.repair(repair.rule()),
          run.started(),
          failure.get(),
          attempt -> rows.repair(attempt, repair, verified));
    } else {
      batch.done(
          units.repair(repair.rule()),
          run.started(),
          attempt -> rows.repair(attempt, repair, verified));
    }
  }

  private void addEvaluations(Batch batch, Defence defence, Repair repair, Recalled recalled) {
    for (Optional<PruningCurve> poisoned : defence.reported()) {
      Optional<ImageSet> set = poisoned.map(PruningCurve::imageSet);
      RepairEvaluation measured = RepairEvaluation.of(defence, repair, poisoned);
      Unit unit = units.evaluation(repair.rule(), plan.cleanTest(), set);
      if (!recalled.evaluations().contains(unit.id())) {
        batch.done(unit, run.started(), attempt -> rows.evaluation(attempt, repair, set, measured));
      }
    }
  }
}
