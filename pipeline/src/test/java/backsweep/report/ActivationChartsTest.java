package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.charts.BarChart;
import backsweep.charts.Drawing;
import backsweep.charts.Mark;
import backsweep.charts.Size;
import backsweep.images.Role;
import backsweep.report.PageView.Fact;
import backsweep.store.Tables.ActivationRow;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.NetworkRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a page says of channels that triggers drive. */
class ActivationChartsTest {

  /** Most active first: channels 4, 1, 0, 3, 2, of which the last is dormant. */
  private static final double[] CLEAN = {2, 3, 0, 1, 8};

  private static NetworkFindings findings(SetActivations... sets) {
    NetworkRow network =
        new NetworkRow("u", "a", "n-1", "n.h5", "s", null, 1, 8, 8, 3, 4, "conv", 5, "pool");
    return new NetworkFindings(
        network,
        IntStream.range(0, CLEAN.length).mapToObj(ActivationChartsTest::statistics).toList(),
        List.of(),
        List.of(),
        List.of(sets),
        Background.NONE);
  }

  private static ChannelStatisticsRow statistics(int channel) {
    double mean = CLEAN[channel];
    double active = mean == 0 ? 0 : 1;
    return new ChannelStatisticsRow(
        "u", "a", "n-1", "pool", channel, mean, 2 * mean, active, 1 - active, 900);
  }

  /** Means that deviate by 1, but where they are 0. */
  private static SetActivations set(String name, Role role, double... means) {
    return new SetActivations(
        name,
        role,
        IntStream.range(0, means.length)
            .mapToObj(
                i ->
                    new ActivationRow(
                        "u",
                        "a",
                        "n-1",
                        "pool",
                        name,
                        "sha256",
                        role.tableName(),
                        i,
                        means[i],
                        means[i] == 0 ? 0 : 1,
                        256))
            .toList());
  }

  private static SetActivations clean() {
    return set("clean-validation", Role.CLEAN_VALIDATION, CLEAN);
  }

  private static SetActivations poisoned(double... means) {
    return set("glasses", Role.POISONED, means);
  }

  @Test
  void barsAreInTheOrderOfCleanImages() {
    ActivationCharts charts =
        new ActivationCharts(findings(clean(), poisoned(2.1, 2.9, 0, 9, 8.2)));

    BarChart chart = charts.chart().orElseThrow();

    assertThat(chart.series())
        .extracting(BarChart.Series::name)
        .containsExactly("clean validation images", "glasses");
    assertThat(chart.series().get(0).values()).containsExactly(8.0, 3.0, 2.0, 1.0, 0.0);
    assertThat(chart.series().get(1).values()).containsExactly(8.2, 2.9, 2.1, 9.0, 0.0);
    assertThat(chart.across()).isEqualTo("channels of conv, most active on clean images first");
    assertThat(chart.marks()).containsExactly(new Mark(4.5, "1 dormant \u2192"));
    assertThat(chart.hints()).hasSize(5);
    assertThat(chart.hints().get(3).text())
        .isEqualTo(
            "channel 3, 4th of 5 by mean activation on clean images%nclean: mean 1.000%nglasses: mean 9.000 (+8.0 standard deviations),"
                    .formatted()
                + " driven");
    assertThat(chart.hints().get(4).text())
        .endsWith("glasses: mean 0.000 (+0.0 standard deviations)");
  }

  @Test
  void wordsSayWhatIsDrivenHowFarAndWhenItIsPruned() {
    String words = new ActivationCharts(findings(clean(), poisoned(2.1, 2.9, 0, 9, 8.2))).words();

    assertThat(words)
        .isEqualTo(
            "Mean activation on images of each set, spread over it: 256 of clean-validation, 256 of"
                + " glasses. Poisoned images of glasses drive 1 of 5 channels (3); 9.0"
                + " times the mean activation on clean images; the order of mean activation prunes"
                + " it at step 2 of 5. A channel is driven where its mean activation rises by 0.8"
                + " standard deviations or more (Cohen's d, over the images of both sets), and by"
                + " far more than that of other channels (modified z-score above 3.5).");
  }

  @Test
  void aDormantChannelThatWakesIsCalledSo() {
    String words = new ActivationCharts(findings(clean(), poisoned(2.1, 2.9, 7, 1.1, 8.2))).words();

    assertThat(words)
        .contains("1 of 5 channels (2); 1 of them dormant on clean")
        .contains("prunes it at step 1 of 5.")
        .doesNotContain("times the mean");
  }

  @Test
  void severalAreNamedByTheirRiseAndManyAreCounted() {
    double[] means = new double[60];
    for (int i = 0; i < 20; i++) {
      means[i] = 100 + i;
    }
    Arrays.fill(means, 20, 60, 1);
    double[] none = new double[60];
    Arrays.fill(none, 1);
    SetActivations clean = set("clean-validation", Role.CLEAN_VALIDATION, none);
    List<ChannelStatisticsRow> statistics =
        IntStream.range(0, 60)
            .mapToObj(i -> new ChannelStatisticsRow("u", "a", "n", "pool", i, 1, 1, 1, 0, 9))
            .toList();
    NetworkFindings of =
        new NetworkFindings(
            findings().network(),
            statistics,
            List.of(),
            List.of(),
            List.of(clean, poisoned(means)),
            Background.NONE);

    assertThat(new ActivationCharts(of).words())
        .contains(
            "drive 20 of 60 channels (19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8 and 8 more; the"
                + " greatest rise first); at least 100.0 times the mean activation on clean images;"
                + " the order of mean activation prunes them from step 1 to step 20 of 60.");
  }

  @Test
  void everySetHasItsOwnWords() {
    ActivationCharts charts =
        new ActivationCharts(
            findings(
                clean(),
                poisoned(2.1, 2.9, 0, 9, 8.2),
                set("<b>", Role.POISONED, 2, 3.1, 0, 1.1, 8.2)));

    assertThat(charts.words())
        .contains(
            "Poisoned images of glasses drive 1 of", "Poisoned images of <b> drive no channel.");
    assertThat(charts.facts())
        .containsExactly(
            new Fact("driven by glasses", "1 of 5 channels (3)"),
            new Fact("driven by <b>", "0 of 5 channels"));
    assertThat(charts.chart().orElseThrow().series()).hasSize(3);
  }

  @Test
  void whatIsNotFiniteIsSaidAndNotDrawn() {
    ActivationCharts charts =
        new ActivationCharts(
            findings(clean(), poisoned(Double.NaN, 2.9, 0, Double.POSITIVE_INFINITY, 8.2)));

    assertThat(charts.words())
        .contains("drive no channel. 2 channels have no finite mean on them.");
    BarChart chart = charts.chart().orElseThrow();
    assertThat(chart.series().get(1).values())
        .isEqualTo(Arrays.asList(8.2, 2.9, Double.NaN, Double.NaN, 0.0));
    assertThat(new Drawing(Size.FULL).inPage(chart, "id")).doesNotContain("NaN,", "Infinity,");
  }

  @Test
  void withoutPoisonedImagesOrWithLostRowsThereIsNoChart() {
    SetActivations lost = poisoned(2.1, 2.9, 0, 9);

    for (NetworkFindings findings :
        List.of(
            findings(), findings(clean()), findings(clean(), lost), findings(poisoned(CLEAN)))) {
      assertThat(new ActivationCharts(findings).chart()).isEqualTo(Optional.empty());
      assertThat(new ActivationCharts(findings).facts()).isEmpty();
    }
  }

  @Test
  void aPoisonedSetThatWasNotMeasuredIsSaidToBeSo() {
    CriterionFindings criterion =
        new CriterionFindings("anp", List.of(curve("glasses"), curve("sun")), List.of(), List.of());
    String sun =
        "The mean activation of channels on sun was not measured, or measuring it failed; a rerun"
            + " of the command tries again.";

    ActivationCharts one = charts(criterion, clean(), poisoned(2.1, 2.9, 0, 9, 8.2));
    assertThat(one.unmeasured()).containsExactly(sun);
    assertThat(one.words()).contains(sun);
    assertThat(one.facts())
        .contains(new Fact("driven by sun", "unknown: mean activation not measured"));
    assertThat(charts(criterion).unmeasured()).hasSize(2).contains(sun);
    assertThat(charts(criterion, poisoned(2.1, 2.9, 0, 9, 8.2)).unmeasured()).hasSize(2);
  }

  private static SetCurve curve(String set) {
    return new SetCurve(set, Role.POISONED, List.of());
  }

  private static ActivationCharts charts(CriterionFindings criterion, SetActivations... sets) {
    NetworkFindings plain = findings(sets);
    return new ActivationCharts(
        new NetworkFindings(
            plain.network(),
            plain.channels(),
            List.of(criterion),
            List.of(),
            plain.activations(),
            Background.NONE));
  }

  @Test
  void onlyWhereChannelsAreDormantMayABackdoorHideThere() {
    ChannelCharts some = new ChannelCharts(findings());
    ChannelCharts none =
        new ChannelCharts(
            new NetworkFindings(
                findings().network(), List.of(statistics(0)), List.of(), List.of()));

    assertThat(some.words()).endsWith("what the order of mean activation removes first.");
    assertThat(none.words())
        .isEqualTo("Every channel is active on at least one clean validation image.");
    assertThat(some.chart().across()).isEqualTo("channels of conv, most active first");
    assertThat(some.chart().hints().get(1).text())
        .startsWith("channel 1, 2nd of 5 by mean activation: mean 3.000, largest 6.000");
  }
}
