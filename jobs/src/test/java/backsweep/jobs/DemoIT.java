package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.FileHash;
import backsweep.jobs.LauncherCall.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a newcomer does. */
class DemoIT {

  private static final Pattern TRAINED =
      Pattern.compile("sunglasses +deepid +badnet +([\\d.]+) +([\\d.]+) ");
  private static final Pattern ORIGINAL =
      Pattern.compile("B: clean accuracy ([\\d.]+) .*, attack success ([\\d.]+) ");

  @TempDir private Path folder;

  private Ended demo() {
    return LauncherCall.in(folder)
        .onSpark("--master local[2]")
        .with("BACKSWEEP_DRIVER_MEMORY", "2g")
        .with("SPARK_SUBMIT_OPTS", "")
        .run(List.of("demo", "--output=shown", "--progress=plain"));
  }

  private static void assertStory(Matcher found) {
    assertThat(found.find()).isTrue();
    assertThat(Double.parseDouble(found.group(1))).isGreaterThan(97);
    assertThat(Double.parseDouble(found.group(2))).isGreaterThan(99);
  }

  private static List<String> results(Ended demo) {
    return demo.output()
        .lines()
        .filter(line -> line.matches("Original network .*|  (\\d+|none) .*|X = .*"))
        .toList();
  }

  @Test
  void tellsTheLabsStoryFromNothingAndTheSameAgain() throws IOException {
    Ended first = demo();

    assertThat(first.code()).as(first.output()).isZero();
    assertThat(first.output())
        .contains("== 1 of 4: ", "== 2 of 4: ", "== 3 of 4: ", "== 4 of 4: ")
        .contains("drawing training: 5,000 images in ", "training: 50,000 images in ")
        .contains(
            "curves: 3,000 images in ",
            "The pruning curve on clean test images",
            "Everything is in shown: ",
            "what came of it is shown/results/report.html.");
    assertStory(TRAINED.matcher(first.output()));
    assertStory(ORIGINAL.matcher(first.output()));
    assertThat(results(first)).hasSize(12);
    assertThat(folder.resolve("shown/networks/sunglasses.h5")).isRegularFile();
    assertThat(folder.resolve("shown/faces/sunglasses.png")).isRegularFile();
    assertThat(folder.resolve("shown/results/repaired")).isDirectory();
    assertThat(folder.resolve("shown/results/report.html")).isRegularFile();

    String network = FileHash.sha256(folder.resolve("shown/networks/sunglasses.h5"));
    Files.delete(folder.resolve("shown/networks/sunglasses.h5"));

    Ended again = demo();

    assertThat(again.code()).as(again.output()).isZero();
    assertStory(TRAINED.matcher(again.output()));
    assertThat(FileHash.sha256(folder.resolve("shown/networks/sunglasses.h5"))).isEqualTo(network);
    assertThat(results(again)).isEqualTo(results(first));
  }
}
