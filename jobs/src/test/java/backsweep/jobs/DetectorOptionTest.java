package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The option {@code --detector}. */
class DetectorOptionTest {

  private static final Pattern LINE =
      Pattern.compile(
          "\nSTRIP: AUROC (0\\.\\d{3}|1\\.000); at the threshold chosen on validation images it flags"
              + " [\\d.]+ % of poisoned and [\\d.]+ % of clean images\\.\n");

  @TempDir private Path folder;

  private DefendCall call() {
    return DefendCall.into(folder.resolve("out"))
        .reporting("bn_after")
        .with("--drop-percent", "2")
        .with("--detector", "strip")
        .with("--set", "strip-images=40")
        .and("--set", "strip-overlays=8");
  }

  @Test
  void stripIsReportedBesideGAndRecalled() {
    Outcome first = call().with("--criterion", "mean-activation,apoz").run();

    assertThat(first.code()).as(first.err() + first.log()).isZero();
    Matcher line = LINE.matcher(first.out());
    assertThat(line.results()).hasSize(2);
    assertThat(first.out()).contains("G by first disagreement: AUROC ");
    assertThat(line.reset().find()).isTrue();
    assertThat(first.out())
        .containsPattern("\n  \\(of STRIP\\) +- +- +- +- +" + Pattern.quote(line.group(1)) + "\n");
    assertThat(WrittenTable.read(folder.resolve("out"), "entropies", "image")).hasSize(3 * 40);

    Outcome second = call().run();

    assertThat(second.code()).isZero();
    assertThat(second.log()).contains("strip: entropies of 3 of 3 image sets");
    assertThat(second.out()).contains(line.group()).doesNotContain("(of STRIP)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          detector=scale-up  | detector: expected one of strip, found "scale-up"
          strip-overlays=0   | strip-overlays: expected a whole number from 1 to 10000, found "0"
          strip-alpha=1      | strip-alpha: expected a number from 0.01 to 0.99, found "1"
          strip-alpha=half   | strip-alpha: expected a number from 0.01 to 0.99, found "half"
          strip-images=0     | strip-images: expected a whole number from 1 to 1000000, found "0"
          """)
  void badSettingsAreRefused(String set, String problem) {
    BadRun.assertFails(
        call().without("--detector").with("--set", set), folder.resolve("out"), 2, problem);
  }

  @Test
  void thereAreImagesToTellApart() {
    BadRun.assertFails(
        call().without("--poisoned"),
        folder.resolve("out"),
        2,
        "detector: needs images to tell apart, --clean-test and --poisoned");
  }

  @Test
  void thereAreMoreValidationImagesThanOverlays() {
    BadRun.assertFails(
        call().with("--set", "strip-overlays=300"),
        folder.resolve("out"),
        2,
        "clean-validation: expected more than the 300 images that others are blended with"
            + " (strip-overlays), found 300");
  }

  @Test
  void scoresThatAreNoProbabilitiesAreRefused() {
    Path network =
        Edited.replaced(
            Fixture.path("zoo/bn_after.h5"), "softmax", "sigmoid", folder.resolve("sigmoid.h5"));

    BadRun.assertFails(
        call().with("--network", network),
        folder.resolve("out"),
        3,
        network.toString(),
        "detector strip: entropy needs probabilities, from a network that ends in softmax, found");
  }
}
