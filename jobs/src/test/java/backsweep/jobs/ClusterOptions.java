package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Options of {@code spark-submit} for clusters of this machine, and what they leave behind. */
final class ClusterOptions {

  /** Two executors of one core each. */
  static final String LOCAL = "--master local-cluster[2,1,1024]";

  /** The settings an operator is given. */
  static final String STANDALONE =
      "--properties-file '%s'"
          .formatted(LauncherCall.LAUNCHER.resolve("../../conf/spark-standalone.conf").normalize());

  /** In place of the settings' own options: executors of seconds. */
  static final String EXECUTORS =
      " --conf 'spark.executor.extraJavaOptions=-XX:MaxDirectMemorySize=512m %s' "
          .formatted(LauncherCall.SHORT_LIVED);

  /** Nothing starts before both are there, however busy the machine is. */
  static final String BOTH_EXECUTORS =
      EXECUTORS
          + " --conf spark.cores.max=2 --conf spark.scheduler.minRegisteredResourcesRatio=1"
          + " --conf spark.scheduler.maxRegisteredResourcesWaitingTime=300s ";

  /** Tasks that lag behind the first ones that are done are started a second time. */
  static final String SPECULATION =
      " --conf spark.speculation=true --conf spark.speculation.quantile=0.2"
          + " --conf spark.speculation.multiplier=1.2 ";

  private ClusterOptions() {}

  /** An executor was lost while a task ran on it. */
  static void assertExecutorLost(JsonNode end) {
    assertThat(end.at("/Task End Reason/Reason").asText()).isEqualTo("ExecutorLostFailure");
  }

  /** A task was a second copy. */
  static void assertSpeculative(JsonNode start) {
    assertThat(start.at("/Task Info/Speculative").asBoolean()).isTrue();
  }

  /** Where the executors of a local cluster of the build's own Spark have their folders. */
  static Optional<Path> work(EventLog log) {
    return log.application().map(LauncherCall.BUILT.resolve("spark/work")::resolve);
  }

  /** Local clusters leave what their executors had below the Spark they ran on. */
  static void deleteWork(EventLog log) throws IOException {
    Optional<Path> work = work(log);
    if (work.isPresent()) {
      try (Stream<Path> files = Files.walk(work.get())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
