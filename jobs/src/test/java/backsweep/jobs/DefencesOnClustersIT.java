package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What takes gradients or many answers, on clusters: the orders, the fine-tuned networks and the
 * entropies are those of one JVM, value for value and byte for byte. There a set of images is one
 * task, here the larger ones are two.
 */
class DefencesOnClustersIT {

  private static final int LEARNED = 70;

  private static final String GRADIENTS = "importance of channels";
  private static final String MASK = "mask of adversarial pruning";
  private static final String FINE_TUNING = "fine-tuning of ";
  private static final String ENTROPIES = "entropy of answers";

  @TempDir private static Path shared;

  private static Path learned;
  private static CommittedTables expected;
  private static RepairFiles expectedFiles;

  @TempDir private Path folder;

  @BeforeAll
  static void runInOneJvm() throws IOException {
    learned = ImageFile.dotted(LEARNED, shared.resolve("learned.h5"));
    Path local = Files.createDirectories(shared.resolve("local"));
    LauncherCall.Ended ended =
        LauncherCall.in(local).onSpark("--master local[1]").run(defend(local).arguments());
    assertThat(ended.code()).as(ended.output()).isZero();
    expected = CommittedTables.of(output(local));
    expected.assertAllFilled();
    expectedFiles = RepairFiles.of(output(local));
    assertThat(expectedFiles.hashes().keySet())
        .filteredOn(file -> file.endsWith("-fine-tuned.h5"))
        .hasSize(4);
  }

  private static Path output(Path folder) {
    return folder.resolve("out");
  }

  private static DefendCall defend(Path folder) {
    return DefendCall.into(output(folder))
        .reporting("bn_after")
        .with("--criterion", "none,mean-activation,taylor,anp")
        .with("--drop-percent", "10")
        .with("--fine-tune", learned)
        .with("--detector", "strip")
        .and("--set", "anp-iterations=5")
        .and("--set", "anp-images=150")
        .and("--set", "fine-tune-epochs=10")
        .and("--set", "fine-tune-batch-size=16")
        .and("--set", "strip-images=20")
        .and("--set", "strip-overlays=5");
  }

  @Test
  void bothExecutorsOfALocalClusterWork() throws IOException {
    EventLog log = EventLog.in(folder.resolve("events"));
    try {
      LauncherCall.Ended ended =
          LauncherCall.in(folder)
              .onSpark(ClusterOptions.LOCAL + ClusterOptions.BOTH_EXECUTORS + log.options())
              .run(defend(folder).and("--set", "partitions=2").arguments());

      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(List.of(GRADIENTS, FINE_TUNING, ENTROPIES))
          .allSatisfy(job -> assertThat(executors(log, job)).containsOnly("0", "1"));
      assertThat(executors(log, MASK)).containsAnyOf("0", "1").hasSize(1);
    } finally {
      ClusterOptions.deleteWork(log);
    }
    assertThat(CommittedTables.of(output(folder))).isEqualTo(expected);
    assertThat(RepairFiles.of(output(folder))).isEqualTo(expectedFiles);
  }

  /** Where the tasks of a job ran. */
  private static List<String> executors(EventLog log, String job) {
    return log.tasks("SparkListenerTaskEnd", log.job(job).orElseThrow()).stream()
        .map(end -> end.at("/Task Info/Executor ID").asText())
        .toList();
  }
}
