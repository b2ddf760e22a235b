package backsweep.stages;

import backsweep.inference.ExecutorModels;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.Criterion;
import backsweep.store.JobDescription;
import backsweep.store.OutputInUseException;
import backsweep.store.OutputLock;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The whole defence of one network, by one criterion or several: import images, collect statistics,
 * order the channels, trace the curves, repair, verify. {@link #plan} looks at every input first
 * and computes nothing.
 */
public final class DefendNetwork {

  private final SparkSession spark;
  private final DefenceRequest request;
  private final List<Criterion> criteria;
  private final StageClock clock = new StageClock();

  /** Defences as requested, one by each criterion. */
  public DefendNetwork(SparkSession spark, DefenceRequest request, List<Criterion> criteria) {
    this.spark = spark;
    this.request = request;
    this.criteria = List.copyOf(criteria);
  }

  /** How long each stage took. */
  public StageClock clock() {
    return clock;
  }

  /**
   * Reads the network and looks at the image files; nothing is computed or written. There is a plan
   * for each criterion.
   */
  public List<DefencePlan> plan() {
    ExecutorModels.warmUp(ExecutorThreads.of(spark.sparkContext().getConf()));
    PlanDefences plan = new PlanDefences(spark, criteria);
    return clock.time("inputs", () -> plan.execute(request));
  }

  /**
   * Does what was planned, as the only run that writes to the output: what an earlier run committed
   * is recalled, the rest is computed and committed. An output that is made for a run and has
   * nothing in it when the run fails is gone again.
   *
   * @param run under which results are committed
   * @throws OutputInUseException if another run writes to the output
   * @throws UnsupportedNetworkException if no criterion can order the channels
   */
  public Defences execute(List<DefencePlan> plans, Run run) {
    String name = plans.get(0).subject().name();
    Defences defences =
        new OnlyWriter(spark, request.work().output())
            .during("defend " + name, lock -> execute(plans, run, name, lock));
    if (defences.done().isEmpty()) {
      throw nothingDone(defences.failed().get(0));
    }
    return defences;
  }

  private UnsupportedNetworkException nothingDone(FailedCriterion first) {
    Failure failure = first.failure();
    return new UnsupportedNetworkException(
        "%s, criterion %s: %s"
            .formatted(
                request.network().path(),
                first.criterion(),
                failure.earlier().isPresent() ? "failed at " + failure.words() : failure.reason()));
  }

  private Defences execute(List<DefencePlan> plans, Run run, String name, OutputLock lock) {
    CommitResults commit = new CommitResults(spark, request.work().output(), run, lock);
    DefenceRun defence = new DefenceRun(spark, plans, request.work(), clock, commit);
    return JobDescription.during(
        spark, name, () -> defence.execute(request.repairs(), request.strip()));
  }
}
