package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.store.JobDescription;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.SparkEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read about the Spark jobs of a run. */
class JobDescriptionsTest {

  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private Path folder;

  @Test
  void everyJobOfADefenceSaysOfWhichNetworkItIsAndWhatItDoes() {
    DefendNetwork defend = Golden.BN_AFTER.defend(folder, 2);
    List<DefencePlan> plans = defend.plan();
    List<Optional<String>> found =
        SparkEvents.descriptions(() -> defend.execute(plans, Run.begin(Map.of())));

    String network = plans.get(0).subject().name();
    assertThat(found).allSatisfy(job -> assertThat(job.orElseThrow()).startsWith(network + ": "));
    assertThat(found.stream().map(job -> job.orElseThrow().substring(network.length() + 2)))
        .containsSubsequence(
            "import clean-validation, 300 images",
            "import clean-test, 200 images",
            "import poisoned, 100 images",
            "channel statistics, 300 images",
            "what triggers drive, 356 images",
            "write table activations",
            "pruning curves, 13 steps on 3 image sets",
            "verification of 3 repairs on 3 image sets",
            "write table units");
  }

  @Test
  void aDescriptionEndsWithItsWork() {
    List<Optional<String>> found =
        SparkEvents.descriptions(
            () -> {
              JobDescription.during(
                  SPARK,
                  "network",
                  () -> {
                    JobDescription.during(SPARK, "stage", JobDescriptionsTest::job);
                    job();
                  });
              job();
            });

    assertThat(found)
        .containsExactly(Optional.of("network: stage"), Optional.of("network"), Optional.empty());
  }

  @Test
  void aDescriptionEndsWithWorkThatFails() {
    Runnable failing =
        () -> {
          throw new IllegalStateException("no");
        };
    assertThatThrownBy(() -> JobDescription.during(SPARK, "stage", failing)).hasMessage("no");

    assertThat(SparkEvents.descriptions(JobDescriptionsTest::job))
        .containsExactly(Optional.empty());
  }

  private static void job() {
    assertThat(SPARK.range(3).javaRDD().count()).isEqualTo(3);
  }
}
