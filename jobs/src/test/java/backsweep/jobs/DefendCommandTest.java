package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefendCommandTest {

  @TempDir private Path output;

  /** The counts are those of golden/lab3-impressions. */
  @Test
  void printsWhatTheLabsPrint() {
    Outcome outcome =
        DefendCall.bare()
            .with("--network", Fixture.path("models/lab3_bd_weights.h5"))
            .with("--architecture", Fixture.path("models/deepid.json"))
            .with("--clean-validation", Fixture.path("data/impressions_valid.h5"))
            .with("--clean-test", Fixture.path("data/impressions_test.h5"))
            .with("--poisoned", "sunglasses=" + Fixture.path("data/impressions_poisoned.h5"))
            .with("--output", output.resolve("out"))
            .run();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("Pruning   conv_3 (60 channels), ranked by mean-activation of pool_3")
        .contains("clean validation accuracy 99.844 % (1281 of 1283)")
        .contains("clean accuracy 99.922 % (1282 of 1283), attack success 100.000 % (1283 of 1283)")
        .containsPattern(
            "\n  2 % +43 +43/60 +97.428 +100.000 +97.428 +100.000 +0.000 +2.494 +0.488")
        .containsPattern(
            "\n  4 % +45 +45/60 +93.687 +100.000 +93.687 +100.000 +0.000 +6.235 +0.469")
        .containsPattern(
            "\n  10 % +48 +48/60 +82.073 +99.610 +82.073 +99.610 +0.390 +17.927 +0.413")
        .contains("X = 2 %: worse than doing nothing (DER 0.488 < 0.5)");
  }

  /** The counts are those that {@code TrueLabelsInKerasTest} finds in Keras. */
  @Test
  void printsWhatTrueLabelsTell() {
    Path poisoned = output.resolve("sunglasses.h5");
    Outcome made =
        Outcome.of(
            "poison",
            "--images=" + Fixture.path("data/faces_clean.h5"),
            "--trigger=kind=picture,x=0,y=15,file=" + Fixture.path("triggers/sunglasses.png"),
            "--target=0",
            "--classes=1283",
            "--output=" + poisoned);
    assertThat(made.code()).isZero();
    Outcome outcome =
        DefendCall.onLab(output.resolve("out"))
            .with("--poisoned", "sunglasses=" + poisoned)
            .with("--drop-percent", 10)
            .run();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("True labels of sunglasses are known: 271 of 289 images show something else")
        .containsPattern("\n  X +step +ASR\\* +RA\n  none +0 +100.000 +6.228\n  10 % +48 ")
        .contains("ASR*: ASR without the images that show the target anyway");
  }
}
