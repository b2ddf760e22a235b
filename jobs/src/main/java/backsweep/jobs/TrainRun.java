package backsweep.jobs;

import backsweep.stages.Run;
import backsweep.stages.TrainNetworks;
import backsweep.stages.TrainingPlan;
import backsweep.stages.TrainingRequest;
import backsweep.stages.TrainingResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A training from its plan to its report.
 *
 * @param request which networks, of what, and where they go
 * @param isDry whether it ends with the plan
 */
record TrainRun(TrainingRequest request, boolean isDry) {

  /** Trains. */
  ExitCode in(SparkSession spark) {
    TrainNetworks train = new TrainNetworks(spark, request);
    TrainReport report = new TrainReport(System.out, request);
    TrainingPlan plan = train.plan();
    report.print(plan);
    if (isDry) {
      return ExitCode.DONE;
    }
    long start = System.nanoTime();
    Run run = Run.begin(Version.provenance(spark.sparkContext().getConf()));
    List<TrainingResult> results = train.execute(plan, run);
    report.print(results);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    report.print(new RunCost(RunCost.sinceStart(), Map.of("training", time)));
    boolean isComplete = results.stream().allMatch(result -> result.network().isPresent());
    return isComplete ? ExitCode.DONE : ExitCode.PARTLY_FAILED;
  }
}
