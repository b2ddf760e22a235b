package backsweep.stages;

import backsweep.inference.ExecutorModels;
import backsweep.network.Footprint;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.FailedDefences.Whole;
import backsweep.store.JobDescription;
import backsweep.store.OutputInUseException;
import backsweep.store.OutputLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;
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
      return plans.get(0).network();
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
        Optional<Failure> before = failed.of(defence);
        if (before.isPresent() && !work().isFailedRetried()) {
          tell(network, before.get());
        } else {
          plan(network, defence).ifPresent(this::add);
        }
      }
      defendBatch();
      failed.commit(commit);
    }

    private Optional<Planned> plan(DefenceRequest network, Whole defence) {
      try {
        List<DefencePlan> plans = clock.time(PlanDefences.STAGE, () -> plan.execute(network));
        return Optional.of(new Planned(network, defence, plans));
      } catch (Exception | OutOfMemoryError | StackOverflowError e) {
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
      defend(networks);
      failed.commit(commit);
    }

    private void defend(List<Planned> networks) {
      Defences defences;
      try {
        defences = compute(networks);
      } catch (Exception | OutOfMemoryError | StackOverflowError e) {
        giveUp(networks, e);
        return;
      }
      networks.forEach(network -> tell(network, defences.of(network.work())));
    }

    /** Of several networks one may be to blame: each half goes on by itself, down to that one. */
    private void giveUp(List<Planned> networks, Throwable cause) {
      if (networks.size() == 1) {
        fail(networks.get(0).request(), networks.get(0).defence(), cause);
        return;
      }
      requireRunning(cause);
      LOG.warn(
          "{} networks failed together, defending each half: {}",
          networks.size(),
          cause.toString());
      int half = networks.size() / 2;
      defend(networks.subList(0, half));
      defend(networks.subList(half, networks.size()));
    }

    private Defences compute(List<Planned> networks) {
      List<DefencePlan> plans = networks.stream().flatMap(one -> one.plans().stream()).toList();
      DefenceRequest first = networks.get(0).request();
      DefenceRun run = new DefenceRun(spark, plans, work(), clock, commit);
      return JobDescription.during(
          spark, description(networks), () -> run.execute(first.repairs(), first.strip()));
    }

    /** By one criterion at least, or not at all. */
    private void tell(Planned network, Defences defences) {
      if (defences.done().isEmpty()) {
        tellNothingDone(network, defences.failed().get(0).named());
        return;
      }
      failed.forget(network.defence());
      finished++;
      watch.defended(network.request(), defences);
    }

    /** What an earlier run failed at is kept already. */
    private void tellNothingDone(Planned network, Failure failure) {
      if (failure.earlier().isEmpty()) {
        failed.keep(network.defence(), failure, Optional.empty());
      }
      tell(network.request(), failure);
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
      failed.keep(defence, failure, Optional.of(cause));
      tell(network, failure);
    }

    private void tell(DefenceRequest network, Failure failure) {
      finished++;
      watch.failed(network, failure);
    }

    /**
     * Where Spark is gone, or the output another run's, no other network can be defended either.
     */
    private void requireRunning(Throwable cause) {
      if (cause instanceof OutputInUseException taken) {
        throw taken;
      }
      if (spark.sparkContext().isStopped()) {
        throw new IllegalStateException("Spark has stopped: " + reason(cause), cause);
      }
    }
  }

  /**
   * What an operator reads: of what Spark says of a task, what the task threw, without its trace;
   * an error of the JVM says its kind, too.
   */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof SparkException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    if (message == null || cause instanceof Error) {
      return cause.toString();
    }
    return cause instanceof SparkException ? message.lines().findFirst().orElse("") : message;
  }
}
