package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.Threads;
import backsweep.stages.ProbeExecutors;
import backsweep.stages.ProbeExecutors.Answer;
import backsweep.stages.SilentExecutorsException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SparkExaminationTest {

  private static final String MASTER = "spark://far:7077";
  private static final SparkExamination SPARK = new SparkExamination(MASTER);

  private static Answer answer(String executor, String tensorflow, String problem) {
    return new Answer(
        executor,
        "host-" + executor,
        "17.0.9",
        1L << 30,
        new Threads(4, 1),
        tensorflow,
        problem.isEmpty(),
        problem);
  }

  @Test
  void doesNotSayThatANetworkAnsweredThatWasNotAsked() {
    Answer loaded =
        new Answer("0", "host", "17.0.9", 1L << 30, new Threads(1, 1), "2.16.1", false, "");

    assertThat(SPARK.executors(() -> List.of(loaded)).text())
        .startsWith("  executors    1 on host: no network was asked; ");
  }

  @Test
  void saysWhatAnExecutorGets() {
    Finding found =
        SPARK.executors(() -> List.of(answer("0", "2.16.1", ""), answer("1", "2.16.1", "")));

    assertThat(found.text())
        .isEqualTo(
            "  executors    2 on host-0, host-1: a network answers; each: heap 1.0 GiB, 4 tasks at a"
                + " time; TensorFlow 2.16.1");
  }

  @Test
  void namesAnExecutorWithoutTensorFlow() {
    Finding found =
        SPARK.executors(
            () -> List.of(answer("0", "2.16.1", ""), answer("1", "", "UnsatisfiedLinkError: no")));

    assertThat(found.text())
        .startsWith(
            "! executors    1 of 2 cannot run a network; 1 on host-1: UnsatisfiedLinkError: no\n"
                + "               Executors need the same backsweep.jar");
  }

  @Test
  void doesNotLikeSeveralVersionsOfTensorFlow() {
    Finding found =
        SPARK.executors(() -> List.of(answer("0", "2.16.1", ""), answer("1", "2.15.0", "")));

    assertThat(found.text()).startsWith("! executors ").contains("TensorFlow 2.15.0, 2.16.1\n");
  }

  @Test
  void livesWithoutExecutors() {
    Finding found =
        SPARK.executors(
            () -> {
              throw new SilentExecutorsException(
                  MASTER, Duration.ofSeconds(30), new TimeoutException());
            });

    assertThat(found.text())
        .startsWith("! executors    ")
        .contains("expected answers of executors of " + MASTER + " within 30 s", "\n", "--master");
  }

  @Test
  void livesWithoutASession() {
    Finding found =
        SPARK.executors(
            () -> {
              throw new IllegalArgumentException("requirement failed: no master\n\tat trace");
            });

    assertThat(found.text()).contains("requirement failed: no master\n  ").doesNotContain("trace");
  }

  @Test
  void wantsSparkOfItsOwnLine() {
    assertThat(SPARK.library("3.5.7", "2.12.18").isGood()).isTrue();
    assertThat(SPARK.library("4.1.0", "2.13.16").text())
        .startsWith("! spark        4.1.0 for Scala 2.13.16, master " + MASTER)
        .contains("SPARK_HOME");
    assertThat(SPARK.library("3.5.7", "2.13.8").isGood()).isFalse();
  }

  @Test
  void isImpatientWithSilentExecutors() {
    System.setProperty("spark.ui.enabled", "false");
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      Finding found =
          SPARK.executors(() -> new ProbeExecutors(spark, Duration.ofMillis(1)).execute());

      assertThat(found.text()).contains("executors of local[2] within 0 s, found none or not all");
    }
  }
}
