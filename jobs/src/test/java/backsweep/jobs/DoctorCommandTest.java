package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorCommandTest {

  @TempDir private Path folder;

  @Test
  void saysWhatIsHereAndLeavesNothingBehind() {
    Path output = folder.resolve("deep/out");

    Outcome outcome = Outcome.of("doctor", "--output=" + output);

    assertThat(outcome.out())
        .contains("  backsweep    " + Version.backsweep())
        .containsPattern("\n  java         17\\..+, .+, " + System.getProperty("java.home"))
        .containsPattern("\n  processor    .+, \\d+ cores, AVX2 \\w+, AVX-512 \\w+\n")
        .containsPattern("\n  memory       heap [\\d.]+ GiB, machine [\\d.]+ GiB\n")
        .containsPattern("\n  scratch      file:.+, can be written, [\\d.]+ GiB free\n")
        .containsPattern(
            "\n  output       \\Q" + output + "\\E, can be written, [\\d.]+ GiB free\n")
        .containsPattern(
            "\n  tensorflow   2\\.\\d+\\.\\d+, loaded from /.+, with DJL 0\\.\\d+\\.\\d+\n")
        .containsPattern(
            "\n  spark        3\\.5\\.\\d+ for Scala 2\\.12\\.\\d+, master local\\[2]\n")
        .containsPattern(
            "\n  executors    1 on .+: a network answers; each: heap [\\d.]+ GiB, 2 tasks at a time;"
                + " TensorFlow 2\\.\\d+\\.\\d+\n")
        .endsWith("\n\nNothing is wrong.\n");
    assertThat(outcome.code()).as(outcome.out()).isZero();
    assertThat(FileTree.of(folder).ending("out")).isEmpty();
    assertThat(folder.resolve("deep")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/proc/backsweep", "/dev/null/out", "s3a://bucket/out", "hdfs://out", "1:/"})
  void saysWhereNothingCanBeWrittenAndGoesOn(String output) {
    Outcome outcome = Outcome.of("doctor", "--output=" + output);

    assertThat(outcome.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(outcome.out())
        .containsPattern("\n! output       .+\n {15}Make room, or name another folder: --output ")
        .containsPattern("\n  executors    1 on .+: a network answers")
        .endsWith("\n\nWrong: 1 of 9, marked by !\n");
    assertThat(outcome.err()).isEmpty();
  }
}
