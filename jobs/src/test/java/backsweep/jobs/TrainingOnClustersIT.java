package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that learn on clusters, disturbed: they are those of one JVM, byte for byte. */
class TrainingOnClustersIT {

  private static final String TRAINING = "training of 2 networks";

  @TempDir private static Path shared;

  private static TrainingCall call;
  private static Map<String, String> expected;

  @TempDir private Path folder;

  @BeforeAll
  static void trainInOneJvm() throws IOException {
    call = TrainingCall.withImages(shared.resolve("training.h5"));
    Path local = Files.createDirectories(shared.resolve("local"));
    LauncherCall.Ended ended =
        LauncherCall.in(local).onSpark("--master local[1]").run(arguments(local));
    assertThat(ended.code()).as(ended.output()).isZero();
    expected = TrainingCall.networks(local.resolve("zoo"));
    assertThat(expected).containsOnlyKeys("one.h5", "two.h5");
  }

  private static List<String> arguments(Path folder) {
    return call.into(folder.resolve("zoo"), "one", "two");
  }

  private void assertSameNetworks() {
    assertThat(TrainingCall.networks(folder.resolve("zoo"))).isEqualTo(expected);
  }

  @Test
  void onALocalClusterAnExecutorMayDie() throws IOException {
    EventLog log = EventLog.in(folder.resolve("events"));
    LauncherCall launcher =
        LauncherCall.in(folder)
            .onSpark(ClusterOptions.LOCAL + ClusterOptions.BOTH_EXECUTORS + log.options());
    try (ChildProcess process = launcher.start(arguments(folder))) {
      JsonNode training = Await.some(TRAINING, () -> log.job(TRAINING));

      Await.some("a network that learns", () -> learning(process, log)).kill();

      assertThat(process.exitCode()).as(process.output()).isZero();
      assertThat(log.tasks("SparkListenerTaskEnd", training))
          .anySatisfy(ClusterOptions::assertExecutorLost);
    } finally {
      ClusterOptions.deleteWork(log);
    }
    assertSameNetworks();
  }

  /** An executor on which the first network has learned for a while. */
  private static Optional<ExecutorProcess> learning(ChildProcess process, EventLog log) {
    Path work = ClusterOptions.work(log).orElseThrow();
    return process
        .executors()
        .filter(executor -> printedBy(work.resolve(executor.id())).contains("one: epoch 2 "))
        .findFirst();
  }

  private static String printedBy(Path executor) {
    Path log = executor.resolve("stderr");
    return Files.exists(log) ? TextFile.read(log) : "";
  }

  /** A second copy of a task comes to its end first, and one network is left. */
  @Test
  void onAStandaloneClusterASlowExecutorIsOvertaken() {
    SparkHome spark = SparkHome.in(shared.resolve("spark"));
    try (StandaloneCluster cluster = StandaloneCluster.of(spark)) {
      cluster.runWhileOneLags(folder, arguments(folder), TRAINING);
    } finally {
      spark.forget();
    }
    assertSameNetworks();
  }
}
