package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefendOptionsTest {

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void choose() {
    output = folder.resolve("out");
  }

  private static Outcome done(DefendCall call) {
    Outcome outcome = call.run();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.log()).doesNotContain("WARN", "ERROR", "Exception");
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  @Test
  void theTableHasARowForEveryDrop() {
    Outcome outcome =
        done(DefendCall.into(output).reporting("bn_after").with("--drop-percent", "2,2.5,10,100"));
    assertThat(outcome.out())
        .contains(
            "Original network B: clean validation accuracy 100.000 % (300 of 300)",
            "Original network B: clean accuracy 100.000 % (200 of 200),"
                + " attack success 85.000 % (85 of 100) on trigger")
        .containsPattern(
            "\n  2 % +3 +3/12 +99.500 +83.000 +99.500 +82.000 +4.000 +0.500 +0.508 *\n")
        .containsPattern(
            "\n  10 % +7 +7/12 +94.500 +82.000 +94.500 +78.000 +12.000 +5.500 +0.488 *\n")
        .contains(
            "\n  100 %   never reached",
            "X = 10 %: worse than doing nothing (DER 0.488 < 0.5)",
            "X = 100 %: clean validation accuracy never falls by 100 points; nothing is repaired")
        .doesNotContain("NOTE", "worst poisoned set");
    assertThat(FileTree.of(output).ending(".h5").map(DefendOptionsTest::fileName))
        .containsExactlyInAnyOrder(
            "mean-activation-first-below-2.h5",
            "mean-activation-first-below-2.5.h5",
            "mean-activation-first-below-10.h5");
  }

  private static String fileName(String path) {
    return Path.of(path).getFileName().toString();
  }

  @Test
  void lastWithinPrunesOneChannelLess() {
    Outcome outcome =
        done(DefendCall.into(output).with("--rule", "last-within").with("--drop-percent", 2.50));
    assertThat(outcome.out()).containsPattern("\n  2.5 % +3 +3/12 ");
    assertThat(FileTree.of(output).ending("mean-activation-last-within-2.5.h5")).hasSize(1);
  }

  @Test
  void withoutReportedSetsTheirSharesAreUnknown() {
    Outcome outcome = done(DefendCall.into(output));
    assertThat(outcome.out())
        .contains("clean accuracy unknown (no clean test set)")
        .contains("attack success unknown (no poisoned set)")
        .contains("X = 2 %: attack success unknown, no poisoned set was given.")
        .containsPattern("\n  2 % +3 +3/12 +- +- +- +- +- +- +-");
    List<Row> rows =
        WrittenTable.read(
            output,
            "evaluations",
            "subject",
            "image_set",
            "clean_accuracy",
            "attack_success_rate",
            "defence_effectiveness",
            "true_positive_rate");
    assertThat(rows)
        .hasSize(9)
        .allSatisfy(row -> assertThat(row).isEqualTo(nulls(row.getString(0), 5)));
  }

  private static Row nulls(String first, int count) {
    Object[] values = new Object[count + 1];
    values[0] = first;
    return RowFactory.create(values);
  }

  @Test
  void everyPoisonedSetHasATableAndTheWorstIsNamed() {
    Path black = ImageFile.blackBut(255, 3, folder.resolve("black.h5"));
    Outcome outcome =
        done(DefendCall.into(output).reporting("bn_after").and("--poisoned", "black.v1=" + black));
    assertThat(outcome.out())
        .contains(" of 3) on black.v1", "85.000 % (85 of 100) on trigger")
        .contains("X = 2 %: worst poisoned set: ");
  }

  @Test
  void aDropThatIsNeverReachedIsSaidInWords() {
    Outcome outcome =
        done(DefendCall.on("sigmoid_after", ".h5", output).reporting("sigmoid_after"));
    assertThat(outcome.out())
        .contains("\n  2 %     never reached")
        .contains("X = 10 %: clean validation accuracy never falls by 10 points; nothing is")
        .contains("results/ (tables as Parquet)");
    assertThat(FileTree.of(output).ending(".h5")).isEmpty();
  }

  @Test
  void aZipGivesAZip() {
    Outcome outcome = done(DefendCall.on("bn_after", ".keras", output).with("--drop-percent", 2));
    assertThat(outcome.out()).contains("/mean-activation-first-below-2.keras\n");
    assertThat(FileTree.of(output).ending("first-below-2.keras")).hasSize(1);
  }

  @Test
  void layersCanBeChosen() {
    Outcome outcome =
        done(
            DefendCall.into(output)
                .with("--layer", "conv2d")
                .with("--statistics-layer", "conv2d")
                .dry());
    assertThat(outcome.out())
        .contains("Pruning   conv2d (8 channels), ranked by mean-activation of conv2d");
  }

  @Test
  void theDefaultLayersArePrinted() {
    Outcome outcome =
        done(DefendCall.into(output).without("--layer").without("--statistics-layer").dry());
    assertThat(outcome.out())
        .contains("Pruning   last (12 channels), ranked by mean-activation of stat");
  }

  @Test
  void anOrderThatIsPartialEndsTheCurveEarly() {
    Path order = Edited.text("channel\n3\n7\n", folder.resolve("order.csv"));
    Outcome outcome =
        done(DefendCall.into(output).with("--order", order).with("--set", "drop-percent=[2, 100]"));
    assertThat(outcome.out())
        .contains("Pruning   last (12 channels), 2 of them in the order given")
        .contains("\n  100 %   never reached", "within the 2 of 12 channels of the order");
    assertThat(WrittenTable.read(output, "pruning_curve", "step", "channel"))
        .containsExactly(
            RowFactory.create(0, -1), RowFactory.create(1, 3), RowFactory.create(2, 7));
    assertThat(FileTree.of(output).ending("given-first-below-2.h5")).hasSize(1);
  }

  @Test
  void compressedWeightsGiveACurveAndADetectorButNoFileAndSayWhy() {
    Path images = ImageFile.write(folder.resolve("3.h5"), ImageFile.black(3), new int[] {3, 3, 3});
    Outcome outcome =
        done(
            DefendCall.into(output)
                .without("--statistics-layer")
                .with("--network", Resource.path("compressed.h5"))
                .with("--architecture", Resource.path("compressed.json"))
                .with("--clean-validation", images)
                .with("--drop-percent", 2));
    assertThat(outcome.out())
        .containsPattern("\n  2 % +4 +4/4 ")
        .contains("no repaired file for X = 2 %: " + Resource.path("compressed.h5"))
        .contains("last/kernel:0: expected values stored contiguously", "save it as .keras");
    assertThat(FileTree.of(output).ending("first-below-2")).hasSize(1);
    assertThat(FileTree.of(output).ending(".h5")).isEmpty();
    Row repair =
        WrittenTable.read(output, "repaired_networks", "step", "file", "sha256", "reason").get(0);
    assertThat(repair.getInt(0)).isEqualTo(4);
    assertThat(repair.isNullAt(1) && repair.isNullAt(2)).isTrue();
    assertThat(repair.getString(3)).contains("expected values stored contiguously");
    assertThat(WrittenTable.read(output, "pruning_curve", "step", "label_hits"))
        .extracting(row -> row.getInt(0) + ": " + row.getLong(1))
        .containsExactly("0: 3", "1: 3", "2: 3", "3: 3", "4: 0");
  }

  @Test
  void answersNoBetterThanGuessingRaiseTheQuestionOfTheScale() {
    Outcome outcome = done(DefendCall.into(output).with("--input-scale", 1e6));
    assertThat(outcome.out())
        .containsPattern(
            "\nNOTE: clean-validation: [\\d]+ of 300 images are answered with their label, no better"
                + " than guessing among 9 classes\\. Try --input-scale 255; of the first and last 300"
                + " images 300 are answered right then\n");
  }

  @Test
  void aDryRunPrintsTheConfigurationChecksTheInputsAndWritesNothing() {
    Outcome outcome = done(DefendCall.into(output).reporting("bn_after").dry());
    assertThat(outcome.out())
        .contains("input-scale=\"255\"", "pairs-per-batch=512", "rule=first-below")
        .contains("Network   bn_after-", "Images    trigger: 100 from ")
        .doesNotContain("Original network");
    assertThat(output).doesNotExist();
  }

  @Test
  void aDryRunFindsBadInput() {
    Path file = folder.resolve("missing.h5");
    BadRun.assertFails(
        DefendCall.into(output).with("--clean-test", file).dry(), output, 3, file.toString());
  }
}
