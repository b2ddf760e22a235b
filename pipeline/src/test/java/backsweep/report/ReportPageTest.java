package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Role;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.ImageSetRow;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.RepairedNetworkRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page says the same on every machine, and of each number what it is. */
class ReportPageTest {

  private static final String MEAN = "mean-activation";
  private static final int MANY = 1283;

  /** A network of 1283 classes, with a repair, a detector, and images by the 1283. */
  private static String html() {
    CriterionFindings criterion =
        new CriterionFindings(
            MEAN,
            List.of(curve("clean-test", Role.CLEAN_TEST), curve("glasses", Role.POISONED)),
            List.of(repair()),
            List.of(
                new DetectorRow(
                    "u", "a", "n", MEAN, "glasses", 0.987, 0.05, 1, 0.042, 0.0277, 0.9, null,
                    null)));
    NetworkRow network =
        new NetworkRow("u", "a", "n", "n.h5", "s", null, 1, 8, 8, 3, MANY, "conv", 2, "pool");
    Background background =
        new Background(
            List.of(
                new ImageSetRow("u", "a", "glasses", "s", "poisoned", MANY, "g.h5", 8, 8, 3, 7)),
            List.of(),
            MANY);
    NetworkFindings findings =
        new NetworkFindings(
            network,
            List.of(channel(0, 0), channel(1, 1.283)),
            List.of(criterion),
            List.of(),
            List.of(),
            background);
    return new ReportPage(
            new Findings(List.of(findings), List.of(), List.of()), Galleries.NONE, "out")
        .html();
  }

  private static ChannelStatisticsRow channel(int channel, double mean) {
    double active = mean == 0 ? 0 : 1;
    return new ChannelStatisticsRow(
        "u", "a", "n", "pool", channel, mean, 2 * mean, active, 1 - active, MANY);
  }

  private static SetCurve curve(String set, Role role) {
    return new SetCurve(
        set,
        role,
        IntStream.range(0, 3)
            .mapToObj(
                step ->
                    new PruningCurveRow(
                        "u",
                        "a",
                        "n",
                        MEAN,
                        step,
                        step - 1,
                        set,
                        "s",
                        role.tableName(),
                        MANY,
                        MANY - step,
                        MANY,
                        MANY,
                        1,
                        null,
                        null,
                        null))
            .toList());
  }

  private static RepairFindings repair() {
    RepairedNetworkRow row =
        new RepairedNetworkRow(
            "u",
            "a",
            "n",
            MEAN,
            "first-below",
            2.5,
            1,
            false,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return new RepairFindings(
        row,
        List.of(
            new Measures(
                row("original", 0.98, 1, null),
                row("repaired", 0.96, 0.1, 0.94),
                row("goodnet", 0.95, 0.1, null))));
  }

  private static EvaluationRow row(String subject, double accuracy, double attack, Double rating) {
    return new EvaluationRow(
        "u",
        "a",
        "n",
        MEAN,
        "first-below",
        2.5,
        1,
        false,
        subject,
        "glasses",
        accuracy,
        accuracy,
        accuracy,
        attack,
        attack,
        attack,
        null,
        rating,
        0.9,
        0.0242,
        null,
        null,
        null);
  }

  @Test
  void numbersAreTheSameOnEveryMachine() {
    Locale before = Locale.getDefault();
    String english = html();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(html())
          .isEqualTo(english)
          .contains("1,283 classes", "poisoned: 1,283 of 8 x 8 x 3", "by 1,283 older ones")
          .contains("input scale 1", "mean 1.283,")
          .doesNotContain("1.283 classes", "1.283 of", "1.283 older", "98,00", "0,94");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theDetectorOfTheCurveIsNotThatOfTheTable() {
    assertThat(html())
        .contains(
            "glasses: AUROC 0.987; up to step 1, the last at which at most 5 % of clean validation"
                + " images are flagged, it catches 90.00 % of poisoned images and wrongly rejects"
                + " 2.77 % of clean test images.",
            "The G of the table goes by X", "wrongly rejects 2.42 % of clean images.");
  }

  @Test
  void whatWasNotMeasuredIsSaidBelowTheChannels() {
    assertThat(html())
        .contains(
            "what the order of mean activation removes first. The mean activation of channels on"
                + " glasses was not measured, or measuring it failed; a rerun of the command tries"
                + " again.",
            "channel 0, 2nd of 2 by mean activation",
            "channels of conv, most active first",
            "1 dormant \u2192")
        .doesNotContain("rank ");
  }

  @Test
  void theLegendSaysWhatIsBestWhereTheAttackIsUnknown() {
    assertThat(html())
        .contains("Where attack success is unknown, it is only the repair that costs the least");
  }
}
