package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a run of the packaged program beside its results. */
class StandardErrorIT {

  private static final String LAUNCHER = System.getProperty("launcher");
  private static final String LOG_LINE =
      "\\d\\d:\\d\\d:\\d\\d INFO +(ImportImages|CollectChannelStatistics|OrderRun"
          + "|TracePruningCurves|RepairRun|MeasureActivations): .*";
  private static final String STAGE_LINE =
      "[a-z -]+: [\\d,]+ images in \\d+[.]\\d s \\([\\d,]+ images/s\\)";

  @TempDir private Path folder;

  private Path run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER));
    command.addAll(DefendCall.into(folder.resolve("out")).reporting("bn_after").arguments());
    command.addAll(List.of(options));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("printed").toFile())
            .redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    builder.environment().put("BACKSWEEP_SPARK_OPTIONS", "--master local[2]");
    builder.environment().put("BACKSWEEP_DRIVER_MEMORY", "1g");
    assertThat(builder.start().waitFor()).isZero();
    return err;
  }

  @Test
  void hasALineForEveryDecisionAndStageAndNoNoise() throws Exception {
    List<String> lines = Files.readAllLines(run());

    Pattern ours = Pattern.compile(LOG_LINE + "|" + STAGE_LINE);
    assertThat(lines).allMatch(line -> ours.matcher(line).matches());
    assertThat(lines.stream().filter(line -> line.matches(STAGE_LINE)))
        .extracting(line -> line.replaceFirst(" in .*", ""))
        .containsExactly(
            "import clean-validation: 300 images",
            "import clean-test: 200 images",
            "import trigger: 100 images",
            "statistics: 300 images",
            "activations: 356 images",
            "curves: 600 images",
            "verification: 556 images");
    assertThat(lines).anyMatch(line -> line.contains(" X = 10 % (first-below): step 7 of 12"));
    assertThat(Files.readString(folder.resolve("printed")))
        .contains("Written to ")
        .doesNotContain("images/s", "INFO");
  }

  @Test
  void hasNoProgressWhereNoneIsWanted() throws Exception {
    assertThat(Files.readAllLines(run("--progress=none"))).allMatch(line -> line.matches(LOG_LINE));
  }
}
