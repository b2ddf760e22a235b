package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storage that is not there may be there later: a retry may help, and one line says what is. */
class UnreachableStorageTest {

  private static final String RETRIES = "spark.hadoop.ipc.client.connect.max.retries";

  @TempDir private Path folder;

  private void assertFails(String option, String path, String message) {
    Outcome outcome =
        DefendCall.into(folder.resolve("out"))
            .with(option, option.equals("--poisoned") ? "trigger=" + path : path)
            .run();
    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .startsWith("backsweep: " + path)
        .contains(message);
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.log()).doesNotContain("ERROR", "Exception", "Importing");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--network",
        "--architecture",
        "--clean-validation",
        "--clean-test",
        "--poisoned",
        "--order",
        "--output"
      })
  void onAHostThatNobodyKnowsIsNamed(String option) {
    assertFails(
        option,
        "hdfs://backsweep.invalid/x.h5",
        ": expected a host that can be found, found \"backsweep.invalid\"; correct the name or try"
            + " again later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--network", "--order", "--output"})
  void ofAMissingLibrarySaysHowToAddIt(String option) {
    assertFails(
        option,
        "s3a://bucket/x.h5",
        ": expected the library of s3a: on the class path, found none (Class"
            + " org.apache.hadoop.fs.s3a.S3AFileSystem not found); add it with"
            + " BACKSWEEP_SPARK_OPTIONS=\"--packages org.apache.hadoop:hadoop-aws:"
            + VersionInfo.getVersion()
            + "\"");
  }

  @Test
  void thatDoesNotAnswerIsNamed() {
    System.setProperty(RETRIES, "0");
    try {
      assertFails("--network", "hdfs://127.0.0.1:1/x.h5", "Connection refused");
    } finally {
      System.clearProperty(RETRIES);
    }
  }
}
