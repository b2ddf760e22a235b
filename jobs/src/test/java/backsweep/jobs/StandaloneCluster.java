package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A standalone cluster on this machine: a master and two workers of one core each. They have
 * loopback addresses of their own: Spark starts no second copy of a task on the host of the first.
 */
final class StandaloneCluster implements AutoCloseable {

  private static final int WORKERS = 2;
  private static final Pattern ADDRESS = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final String REGISTERED = "Registering worker";

  private final List<ChildProcess> processes = new ArrayList<>();
  private final String master;

  private StandaloneCluster(SparkHome spark) {
    ChildProcess first =
        spark.daemon("org.apache.spark.deploy.master.Master", "master", at(1, List.of()));
    processes.add(first);
    try {
      master = Await.some("a master", () -> address(first));
      for (int i = 0; i < WORKERS; i++) {
        List<String> options = List.of("--cores", "1", "--memory", "2g", "--work-dir", "work-" + i);
        List<String> arguments = new ArrayList<>(at(i + 1, options));
        arguments.add(master);
        processes.add(
            spark.daemon("org.apache.spark.deploy.worker.Worker", "worker-" + i, arguments));
      }
      Await.until(
          WORKERS + " workers", () -> first.output().split(REGISTERED, -1).length > WORKERS);
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  /** Starts a cluster. */
  static StandaloneCluster of(SparkHome spark) {
    return new StandaloneCluster(spark);
  }

  private static List<String> at(int host, List<String> options) {
    List<String> all =
        new ArrayList<>(List.of("--host", "127.0.0." + host, "--port", "0", "--webui-port", "0"));
    all.addAll(options);
    return all;
  }

  private static Optional<String> address(ChildProcess master) {
    Matcher address = ADDRESS.matcher(master.output());
    return address.find() ? Optional.of(address.group(1)) : Optional.empty();
  }

  /** The master's address. */
  String master() {
    return master;
  }

  /** The executors that run now. */
  Stream<ExecutorProcess> executors() {
    return processes.stream().flatMap(ChildProcess::executors);
  }

  /**
   * Runs a command here to its end while one executor lags in a job, and makes sure that a second
   * copy of a task was started.
   *
   * @param folder where it is run
   * @param job what the job is called by
   */
  void runWhileOneLags(Path folder, List<String> arguments, String job) {
    EventLog log = EventLog.in(folder.resolve("events"));
    LauncherCall call =
        LauncherCall.in(folder)
            .onSpark(
                ClusterOptions.STANDALONE
                    + (" --master " + master)
                    + ClusterOptions.SPECULATION
                    + ClusterOptions.BOTH_EXECUTORS
                    + log.options());
    try (ChildProcess process = call.start(arguments)) {
      JsonNode started = Await.some(job, () -> log.job(job));
      ExecutorProcess slow = executors().findFirst().orElseThrow();
      slow.slowWhile(() -> Await.until("the end of " + job, () -> log.hasEnded(started)));

      assertThat(process.exitCode()).as(process.output()).isZero();
      assertThat(log.tasks("SparkListenerTaskStart", started))
          .anySatisfy(ClusterOptions::assertSpeculative);
    }
  }

  @Override
  public void close() {
    IntStream.iterate(processes.size() - 1, i -> i >= 0, i -> i - 1)
        .forEach(i -> processes.get(i).close());
  }
}
