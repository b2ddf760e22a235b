package backsweep.stages;

import backsweep.stages.SweepWatch.Failure;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Defends many networks. One that cannot be defended is told to the watch, and the others go on.
 */
public final class SweepNetworks {

  private final SparkSession spark;
  private final SweepRequest request;
  private final StageClock clock = new StageClock();

  /** A sweep as requested. */
  public SweepNetworks(SparkSession spark, SweepRequest request) {
    this.spark = spark;
    this.request = request;
  }

  /** How long each stage took. */
  public StageClock clock() {
    return clock;
  }

  /**
   * Defends them.
   *
   * @param run under which results are committed
   * @throws backsweep.store.OutputInUseException if another run writes to the output
   */
  public void execute(Run run, SweepWatch watch) {
    for (DefenceRequest network : request.networks()) {
      try {
        DefendNetwork defend = new DefendNetwork(spark, network, request.criteria());
        List<DefencePlan> plans = defend.plan();
        watch.defended(network, defend.execute(plans, run));
      } catch (IllegalArgumentException e) {
        watch.failed(network, new Failure("inputs", e.getMessage()));
      }
    }
  }
}
