package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SparkStartTest {

  private static final String MASTER = "spark://far:7077";
  private static final SparkStart SHORT = new SparkStart(MASTER, Duration.ofSeconds(1));
  private static final SparkStart LONG = new SparkStart(MASTER, Duration.ofSeconds(50));

  @Test
  void givesWhatWasStarted() throws Exception {
    assertThat(LONG.<String>of(() -> "started")).isEqualTo("started");
  }

  @Test
  void givesUpOnAMasterThatDoesNotAnswer() {
    CountDownLatch never = new CountDownLatch(1);
    Instant begun = Instant.now();

    assertThatThrownBy(
            () ->
                SHORT.of(
                    () -> {
                      never.await();
                      return "started";
                    }))
        .isInstanceOf(SilentMasterException.class)
        .hasMessage("Spark did not start within 1 s: master spark://far:7077 does not answer");

    assertThat(Duration.between(begun, Instant.now())).isBetween(SHORT.limit(), LONG.limit());
    never.countDown();
  }

  @Test
  void failsAsTheStartFails() {
    IOException failure = new IOException("no master");
    LinkageError error = new LinkageError("no class");

    assertThatThrownBy(
            () ->
                LONG.of(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThatThrownBy(
            () ->
                LONG.of(
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
  }

  @Test
  void whereItGivesUpDoctorSaysWhatToDo() {
    Finding found =
        new SparkExamination(MASTER)
            .executors(
                () -> {
                  throw new SilentMasterException(MASTER, SHORT.limit(), new Exception());
                });

    assertThat(found.text())
        .startsWith(
            "! executors    Spark did not start within 1 s: master spark://far:7077 does not"
                + " answer\n"
                + "               Is the master right, and does it run? ");
  }
}
