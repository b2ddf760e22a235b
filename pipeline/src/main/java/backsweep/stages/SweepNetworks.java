package backsweep.stages;

import backsweep.inference.ExecutorModels;
import backsweep.network.Footprint;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.FailedDefences.Whole;
import backsweep.stages.SweepWatch.Failure;
import backsweep.store.JobDescription;
import backsweep.store.OutputLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defends many networks, batch by batch: the networks of a batch go through the stages side by
 * side. One that cannot be defended is told to the watch and kept as a failed unit, and the others
 * go on: where a batch fails, its networks are defended one by one.
 */
public final class SweepNetworks {

  private static final Logger LOG = LoggerFactory.getLogger(SweepNetworks.class);

  private static final String INPUTS = "inputs";

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
    ExecutorModels.warmUp(ExecutorThreads.of(spark.sparkContext().getConf()));
    Work work = request.networks().get(0).work();
    new OnlyWriter(spark, work.output())
        .during(
            "sweep of %d networks".formatted(request.networks().size()),
            lock -> {
              new Sweeping(run, lock, watch).execute();
              return request;
            });
  }

  /** A network that was planned. */
  private record Planned(DefenceRequest request, Whole defence, List<DefencePlan> plans) {

    private long weightBytes() {
      return Footprint.weightBytes(plans.get(0).subject().network().graph());
    }

    /** The same for networks of which two would do the same work. */
    private String work() {
      return new Units(plans.get(0)).statistics().id();
    }
  }

  /** A sweep while it goes on. */
  private final class Sweeping {

    private final SweepWatch watch;
    private final CommitResults commit;
    private final PlanDefences plan;
    private final FailedDefences failed;
    private final List<Planned> batch = new ArrayList<>();
    private int finished;

    private Sweeping(Run run, OutputLock lock, SweepWatch watch) {
      this.watch = watch;
      this.commit = new CommitResults(spark, work().output(), run, lock);
      this.plan = new PlanDefences(spark, request.criteria());
      this.failed = new FailedDefences(spark, request);
    }

    private Work work() {
      return request.networks().get(0).work();
    }

    private void execute() {
      for (DefenceRequest network : request.networks()) {
        Whole defence = failed.whole(network);
        Optional<String> before = failed.reason(defence);
        if (before.isPresent() && !request.isFailedRetried()) {
          tell(network, new Failure("an earlier run", before.get()));
        } else {
          plan(network, defence).ifPresent(this::add);
        }
      }
      defendBatch();
    }

    private Optional<Planned> plan(DefenceRequest network, Whole defence) {
      try {
        List<DefencePlan> plans = clock.time(INPUTS, () -> plan.execute(network));
        return Optional.of(new Planned(network, defence, plans));
      } catch (RuntimeException | OutOfMemoryError e) {
        fail(network, defence, e);
        return Optional.empty();
      }
    }

    private void add(Planned network) {
      boolean isFull = batch.size() == request.networksPerBatch() || !fits(network);
      if (isFull || batch.stream().anyMatch(one -> one.work().equals(network.work()))) {
        defendBatch();
      }
      batch.add(network);
    }

    /** Whether the weights of a batch with one more network fit in the driver. */
    private boolean fits(Planned network) {
      long bytes = network.weightBytes() + batch.stream().mapToLong(Planned::weightBytes).sum();
      return HeapForWeights.COPIES * bytes < Runtime.getRuntime().maxMemory() / 4 * 3;
    }

    private void defendBatch() {
      if (batch.isEmpty()) {
        return;
      }
      List<Planned> networks = List.copyOf(batch);
      batch.clear();
      try {
        defend(networks);
      } catch (RuntimeException | OutOfMemoryError e) {
        requireRunning(e);
        if (networks.size() > 1) {
          LOG.warn(
              "{} networks failed together, defending one by one: {}",
              networks.size(),
              e.toString());
          networks.forEach(this::defendAlone);
        } else {
          fail(networks.get(0).request(), networks.get(0).defence(), e);
        }
      }
    }

    private void defendAlone(Planned network) {
      try {
        defend(List.of(network));
      } catch (RuntimeException | OutOfMemoryError e) {
        fail(network.request(), network.defence(), e);
      }
    }

    private void defend(List<Planned> networks) {
      List<DefencePlan> plans = networks.stream().flatMap(one -> one.plans().stream()).toList();
      DefenceRequest first = networks.get(0).request();
      DefenceRun run = new DefenceRun(spark, plans, work(), clock, commit);
      List<Defence> defences =
          JobDescription.during(
              spark, description(networks), () -> run.execute(first.repairs(), first.strip()));
      int criteria = request.criteria().size();
      for (int i = 0; i < networks.size(); i++) {
        Planned network = networks.get(i);
        failed.forget(network.defence(), commit);
        finished++;
        watch.defended(network.request(), defences.subList(i * criteria, (i + 1) * criteria));
      }
    }

    private String description(List<Planned> networks) {
      int all = request.networks().size();
      return networks.size() == 1
          ? networks.get(0).plans().get(0).subject().name()
          : "networks %d-%d of %d".formatted(finished + 1, finished + networks.size(), all);
    }

    private void fail(DefenceRequest network, Whole defence, Throwable cause) {
      requireRunning(cause);
      LOG.debug("{} failed", network.network().path(), cause);
      Failure failure = new Failure(clock.last(), reason(cause));
      failed.keep(defence, commit, failure);
      tell(network, failure);
    }

    private void tell(DefenceRequest network, Failure failure) {
      finished++;
      watch.failed(network, failure);
    }

    /** Where Spark is gone no other network can be defended either. */
    private void requireRunning(Throwable cause) {
      if (spark.sparkContext().isStopped()) {
        throw new IllegalStateException("Spark has stopped: " + reason(cause), cause);
      }
    }
  }

  /** What an operator reads; an error of the JVM says its kind, too. */
  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof Error || message == null ? cause.toString() : message;
  }
}
