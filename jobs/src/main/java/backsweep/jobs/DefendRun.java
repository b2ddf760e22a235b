package backsweep.jobs;

import backsweep.stages.DefencePlan;
import backsweep.stages.Defences;
import backsweep.stages.DefendNetwork;
import backsweep.stages.Run;
import backsweep.stages.StageClock;
import backsweep.store.SharedFiles;
import java.time.Duration;
import java.util.List;
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
    return end(defend(spark));
  }

  /** How a run with these defences ends. */
  static ExitCode end(Defences defences) {
    return defences.isComplete() ? ExitCode.DONE : ExitCode.PARTLY_FAILED;
  }

  /** Defends by every criterion; by none where it ends with the plan. */
  Defences defend(SparkSession spark) {
    Run run =
        Run.begin(
            Version.provenance(
                spark.sparkContext().getConf(), settings.request().work().pairsPerBatch()));
    SharedFiles files = new SharedFiles(spark.sessionState().newHadoopConf());
    DefenceReport report = new DefenceReport(System.out);
    Optional<OrderFile> order =
        settings.criteria().orderFile().map(path -> OrderFile.read(path, files));
    DefendNetwork defend =
        new DefendNetwork(spark, settings.request(), settings.criteria().criteria(order));
    StageClock clock = defend.clock();
    clock.add("start", RunCost.sinceStart().minus(before));
    List<DefencePlan> plans = defend.plan();
    order.ifPresent(file -> file.criterion().requireFits(plans.get(0).point()));
    report.printPlans(plans);
    if (isDry) {
      return Defences.none(plans);
    }
    Defences defences = defend.execute(plans, run);
    new RunManifest(run).write(files, defences, configuration);
    report.print(defences);
    OutputReport page = new OutputReport(spark, settings.request().work().output());
    clock.time("report", () -> page.writeAfter(settings.reportImages(), System.out));
    report.print(new RunCost(RunCost.sinceStart().minus(before), clock.times()));
    return defences;
  }
}
