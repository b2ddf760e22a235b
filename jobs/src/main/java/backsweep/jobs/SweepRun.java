package backsweep.jobs;

import backsweep.stages.Run;
import backsweep.stages.SweepNetworks;
import backsweep.store.SharedFiles;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A sweep from its plan to its report.
 *
 * @param settings what is swept, and how
 * @param configuration all of it, as JSON
 * @param display where it is shown how far it is
 */
record SweepRun(SweepSettings settings, String configuration, ProgressDisplay display) {

  /** Sweeps, and says how that ended. */
  ExitCode in(SparkSession spark) {
    Run run =
        Run.begin(
            Version.provenance(
                spark.sparkContext().getConf(), settings.how().work().pairsPerBatch()));
    SharedFiles files = new SharedFiles(spark.sessionState().newHadoopConf());
    CriteriaSettings criteria = settings.how().criteria();
    Optional<OrderFile> order = criteria.orderFile().map(path -> OrderFile.read(path, files));
    SweepNetworks sweep = new SweepNetworks(spark, settings.request(criteria.criteria(order)));
    sweep.clock().add("start", RunCost.sinceStart());
    SweepReport report = new SweepReport(System.out, settings);
    SweepTally tally = new SweepTally(report, display.networks(settings.networks().size()));
    report.printPlan();
    sweep.execute(run, tally);
    new RunManifest(run)
        .write(files, settings.how().work().output(), tally.finished(), configuration);
    report.print(tally.finished());
    OutputReport page = new OutputReport(spark, settings.how().work().output());
    sweep.clock().time("report", () -> page.writeAfter(settings.how().reportImages(), System.out));
    report.print(new RunCost(RunCost.sinceStart(), sweep.clock().times()));
    return settings.failOn().end(tally.finished());
  }
}
