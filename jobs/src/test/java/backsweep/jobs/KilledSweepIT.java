package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sweeps of several networks, killed in part or as a whole, or with many tasks at a time: tables
 * and files are those of an undisturbed sweep in one JVM, one task at a time. A few deaths; with
 * {@code -Psoak} many.
 */
class KilledSweepIT {

  private static final int EXECUTOR_DEATHS = Integer.getInteger("soak.executor.deaths", 2);
  private static final int DRIVER_DEATHS = Integer.getInteger("soak.driver.deaths", 2);

  /** Three jobs of a batch of networks can lose an executor. */
  private static final int BATCHES = Math.max(2, EXECUTOR_DEATHS / 2 + 1);

  /** More than go through one task side by side. */
  private static final int NETWORKS = Math.max(6, 2 * BATCHES);

  private static final int BLOCKS = 4;

  /**
   * What an executor is killed in.
   *
   * @param job in whose description
   * @param done how many of its tasks the executor has done before, at least
   */
  private record Turn(String job, int done) {}

  private static final List<Turn> TURNS =
      List.of(
          new Turn("pruning curves", 1),
          new Turn("verification of ", 0),
          new Turn("channel statistics", 0));

  /** 128 and the number of the signal. */
  private static final int KILLED = 137;

  private static final int ATTEMPTS = 5;
  private static final long SEED = 20180901;

  @TempDir private static Path shared;

  private static SmallNetworks networks;
  private static CommittedTables expected;
  private static RepairFiles expectedFiles;
  private static Duration undisturbed;

  @TempDir private Path folder;

  /** How long a run takes, from its first file on: there is nothing to break before. */
  @BeforeAll
  static void sweepUndisturbed() throws IOException {
    networks = SmallNetworks.in(Files.createDirectories(shared.resolve("made")), NETWORKS, BLOCKS);
    Path folder = Files.createDirectories(shared.resolve("undisturbed"));
    try (ChildProcess process = startAlone(folder)) {
      Instant start = awaitOutput(folder);
      assertAllDone(process);
      // Those that follow are quicker: the machine has the program's files in memory.
      undisturbed = Duration.between(start, Instant.now()).multipliedBy(4).dividedBy(5);
    }
    expected = CommittedTables.of(output(folder));
    expected.assertFilled();
    expectedFiles = RepairFiles.of(output(folder));
    assertThat(expectedFiles.hashes()).hasSizeGreaterThan(NETWORKS);
    assertThat(curves()).as("curves, no network's like another's").doesNotHaveDuplicates();
  }

  /** The counts of the curves of each network. */
  private static List<List<Object>> curves() {
    Map<Object, List<Object>> byNetwork =
        expected.rows().get("pruning_curve").stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get("network"),
                    Collectors.mapping(row -> row.get("labelHits"), Collectors.toList())));
    assertThat(byNetwork).hasSize(NETWORKS);
    return List.copyOf(byNetwork.values());
  }

  private static Path output(Path folder) {
    return folder.resolve("out");
  }

  private static ChildProcess startAlone(Path folder) {
    return LauncherCall.in(folder)
        .onSpark("--master local[1]")
        .start(networks.sweep(output(folder), NETWORKS));
  }

  private static Instant awaitOutput(Path folder) {
    Await.until("an output", () -> Files.exists(output(folder)));
    return Instant.now();
  }

  private static void assertAllDone(ChildProcess process) {
    assertThat(process.exitCode()).as(process.output()).isZero();
    assertThat(process.output())
        .containsPattern("\n +%d +%d +0 +0\n".formatted(NETWORKS, NETWORKS));
  }

  private static void assertAsUndisturbed(Path folder) {
    assertThat(CommittedTables.of(output(folder))).isEqualTo(expected);
    assertThat(RepairFiles.of(output(folder))).isEqualTo(expectedFiles);
    assertThat(FileTree.of(output(folder)).unfinished()).isEmpty();
  }

  /** Somebody reads meanwhile, and sees what is committed. */
  @Test
  void executorsMayDieInTheMiddleOfStages() {
    SparkHome spark = SparkHome.in(folder.resolve("spark"));
    EventLog log = EventLog.in(folder.resolve("events"));
    LauncherCall call =
        LauncherCall.in(folder)
            .with("SPARK_HOME", spark.folder().toString())
            .onSpark(ClusterOptions.LOCAL + ClusterOptions.BOTH_EXECUTORS + log.options());
    List<String> arguments =
        networks.sweep(output(folder), NETWORKS / BATCHES, "--set", "partitions=" + BLOCKS);
    List<Killed> killed = new ArrayList<>();
    RepeatedReader reader = RepeatedReader.of(output(folder));
    try (reader;
        ChildProcess process = call.start(arguments)) {
      Cluster cluster = new Cluster(process, log, ExecutorLogs.of(spark, log));
      int last = -1;
      while (killed.size() < EXECUTOR_DEATHS) {
        Turn turn = TURNS.get(killed.size() % TURNS.size());
        JsonNode job = cluster.nextJob(turn, last);
        last = number(job);
        cluster.kill(job, turn).ifPresent(id -> killed.add(new Killed(job, id)));
      }
      assertAllDone(process);
    } finally {
      spark.forget();
    }
    assertThat(killed).allSatisfy(one -> one.assertLostATask(log));
    assertAsUndisturbed(folder);
    reader.assertSawOnlyWhatCounts(expected.rows().get("pruning_curve"));
  }

  /** An executor that was killed during a job. */
  private record Killed(JsonNode job, String executor) {

    private void assertLostATask(EventLog log) {
      assertThat(log.tasks("SparkListenerTaskEnd", job))
          .filteredOn(end -> end.at("/Task Info/Executor ID").asText().equals(executor))
          .as("tasks of job %d on executor %s", number(job), executor)
          .anySatisfy(ClusterOptions::assertExecutorLost);
    }
  }

  private static int number(JsonNode job) {
    return job.path("Job ID").asInt();
  }

  /** A sweep on executors of its own. */
  private record Cluster(ChildProcess process, EventLog log, ExecutorLogs executors) {

    private JsonNode nextJob(Turn turn, int last) {
      return Await.some(
          turn.job(), () -> log.jobs(turn.job()).filter(job -> number(job) > last).findFirst());
    }

    /** Kills an executor that is at a task of a job. Returns its id, unless the job was quicker. */
    private Optional<String> kill(JsonNode job, Turn turn) {
      Await.until(
          "an executor at a task of " + turn.job(),
          () -> busy(job, turn).isPresent() || log.hasEnded(job));
      Optional<ExecutorProcess> victim = busy(job, turn);
      victim.ifPresent(ExecutorProcess::kill);
      return victim.map(ExecutorProcess::id).filter(id -> executors.isBusy(id, job, turn.done()));
    }

    private Optional<ExecutorProcess> busy(JsonNode job, Turn turn) {
      return process
          .executors()
          .filter(executor -> executors.isBusy(executor.id(), job, turn.done()))
          .findFirst();
    }
  }

  /** One moment in every part of a run, as shares of its time. */
  static Stream<Moment> moments() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return IntStream.range(0, DRIVER_DEATHS)
        .mapToObj(
            i ->
                new Moment(
                    (i + random.nextDouble()) / DRIVER_DEATHS,
                    i % 4 == 3 ? Optional.of(random.nextDouble()) : Optional.empty()));
  }

  /**
   * When a sweep is killed.
   *
   * @param first as a share of its time
   * @param second of the rerun, if that is killed too
   */
  record Moment(double first, Optional<Double> second) {}

  @ParameterizedTest(name = "killed at {0} of its time, seed " + SEED)
  @MethodSource("moments")
  void aRerunGivesWhatAnUndisturbedSweepGives(Moment moment) throws IOException {
    Path run = killedAt(moment.first());
    moment.second().ifPresent(second -> killAgain(run, second));

    Outcome rerun = Outcome.of(networks.sweep(output(run), NETWORKS).toArray(String[]::new));

    assertThat(rerun.code()).as(rerun.err() + rerun.log()).isZero();
    assertAsUndisturbed(run);
  }

  /** The folder of a run that was killed. */
  private Path killedAt(double moment) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Path run = Files.createDirectories(folder.resolve("killed-" + attempt));
      try (ChildProcess process = startAlone(run)) {
        Instant start = awaitOutput(run);
        if (!process.endsWithin(share(moment)) && process.kill() == KILLED) {
          return run;
        }
        // The machine has become quicker than when the undisturbed run took its time.
        undisturbed = Duration.between(start, Instant.now());
      }
    }
    throw new AssertionError("every run ended before it could be killed");
  }

  private static Duration share(double moment) {
    return Duration.ofMillis((long) (undisturbed.toMillis() * moment));
  }

  /** It has less to do than the first: it may have ended by then. */
  private static void killAgain(Path run, double moment) {
    try (ChildProcess process = startAlone(run)) {
      String owner = "\"pid\":%d,".formatted(process.process().pid());
      Path lock = output(run).resolve(".lock");
      Await.until("its lock", () -> TextFile.read(lock).contains(owner));
      process.endsWithin(share(moment / 2));
      process.kill();
    }
  }

  /** Networks that share no task run at a time: their models must not be taken for one another. */
  @Test
  void tasksAtATimeGiveWhatOneGives() {
    EventLog log = EventLog.in(folder.resolve("events"));
    LauncherCall.Ended ended =
        LauncherCall.in(folder)
            .onSpark("--master local[4]" + log.options())
            .run(networks.sweep(output(folder), NETWORKS, "--set", "partitions=2"));

    assertThat(ended.code()).as(ended.output()).isZero();
    List<JsonNode> tasks =
        log.tasks("SparkListenerTaskEnd", log.job("pruning curves").orElseThrow());
    int groups = (NETWORKS + 3) / 4;
    Map<Boolean, List<JsonNode>> byNetworks =
        tasks.stream()
            .collect(
                Collectors.partitioningBy(
                    task -> task.at("/Task Info/Index").asInt() < tasks.size() / groups));
    assertThat(byNetworks.get(true))
        .as("tasks of the first four networks, some of them while one of the others runs")
        .anyMatch(task -> byNetworks.get(false).stream().anyMatch(other -> overlap(task, other)));
    assertAsUndisturbed(folder);
  }

  private static boolean overlap(JsonNode one, JsonNode other) {
    return started(one) < finished(other) && started(other) < finished(one);
  }

  private static long started(JsonNode task) {
    return task.at("/Task Info/Launch Time").asLong();
  }

  private static long finished(JsonNode task) {
    return task.at("/Task Info/Finish Time").asLong();
  }
}
