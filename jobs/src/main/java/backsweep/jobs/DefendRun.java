package backsweep.jobs;

import backsweep.pruning.Criterion;
import backsweep.stages.Defence;
import backsweep.stages.DefencePlan;
import backsweep.stages.DefendNetwork;
import backsweep.stages.Run;
import backsweep.stages.StageClock;
import backsweep.store.SharedFiles;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A defence from its plan to its report.
 *
 * @param settings what is defended, and how
 * @param configuration all of it, as JSON
 * @param isDry whether it ends with the plan
 * @param before what this process did before is no part of the run's time
 */
record DefendRun(DefendSettings settings, String configuration, boolean isDry, Duration before) {

  /** Defends, and says how that ended. */
  ExitCode in(SparkSession spark) {
    return defend(spark).map(DefendRun::end).orElse(ExitCode.DONE);
  }

  /** How a run with this defence ends. */
  static ExitCode end(Defence defence) {
    return defence.isComplete() ? ExitCode.DONE : ExitCode.PARTLY_FAILED;
  }

  /** Defends; gives nothing where it ends with the plan. */
  Optional<Defence> defend(SparkSession spark) {
    Run run =
        Run.begin(
            Version.provenance(
                spark.sparkContext().getConf(), settings.request().work().pairsPerBatch()));
    SharedFiles files = new SharedFiles(spark.sessionState().newHadoopConf());
    DefenceReport report = new DefenceReport(System.out);
    Optional<OrderFile> order = settings.orderFile().map(path -> OrderFile.read(path, files));
    Criterion criterion = order.map(OrderFile::criterion).orElseGet(Criterion.MeanActivation::new);
    DefendNetwork defend = new DefendNetwork(spark, settings.request(), criterion);
    StageClock clock = defend.clock();
    clock.add("start", RunCost.sinceStart().minus(before));
    DefencePlan plan = defend.plan();
    order.ifPresent(file -> file.check(plan.point()));
    report.print(plan);
    if (isDry) {
      return Optional.empty();
    }
    Defence defence = defend.execute(plan, run);
    new RunManifest(run).write(files, defence, configuration);
    report.print(defence);
    report.print(new RunCost(RunCost.sinceStart().minus(before), clock.times()));
    return Optional.of(defence);
  }
}
