package backsweep.report;

import static backsweep.report.MadeUpOutput.TEST;
import static backsweep.report.MadeUpOutput.VALIDATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import backsweep.report.Verdict.Kind;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of what an output was told more than once, what was told last is what a page says. */
class NewestFindingsTest {

  private static final String B = "b-00000001";
  private static final String MEAN = "mean-activation";

  @TempDir private Path folder;
  private final MadeUpOutput output = new MadeUpOutput();
  private String statistics;
  private String validation;
  private String test;
  private String repair;
  private String poisoned;

  /** A network with a repair that takes half of the attack {@code s}. */
  @BeforeEach
  void defend() {
    statistics = output.network(B, "conv", 255);
    validation = output.curve(statistics, MEAN, VALIDATION, "1");
    test = output.curve(statistics, MEAN, TEST, "1");
    repair = output.repair(validation);
    poisoned = output.curve(statistics, MEAN, "s", "1");
    output.evaluation(repair, test, poisoned, "s", 0.5);
  }

  private Findings findings() {
    return output.findings(folder.resolve("out"));
  }

  private static List<RepairFindings> repairs(Findings findings) {
    return findings.networks().get(0).criteria().get(0).repairs();
  }

  private String curve(String set, String version) {
    return output.curve(statistics, MEAN, set, version);
  }

  @Test
  void whatWasFineTunedIsOneRepairHoweverOftenItIsMeasured() {
    output.fineTuned(repair, "tuned", Map.of(TEST, test, "s", poisoned), Map.of("s", 0.1));
    String second = curve("t", "1");
    output.evaluation(repair, test, second, "t", 0.6);
    output.fineTuned(
        repair,
        "tuned",
        Map.of(TEST, test, "s", poisoned, "t", second),
        Map.of("s", 0.1, "t", 0.9));

    Findings findings = findings();
    assertThat(repairs(findings))
        .extracting(one -> one.repair().fineTuned())
        .containsExactly(false, true);
    RepairFindings tuned = repairs(findings).get(1);
    assertThat(tuned.measures())
        .extracting(one -> one.imageSet().orElseThrow())
        .containsExactly("s", "t");
    Verdict verdict = Verdict.of(findings.networks().get(0), List.of());
    assertThat(verdict.best().orElseThrow().name()).doesNotContain("fine-tuned");
    assertThat(verdict.words()).contains("The best of 2", "on t from 100.00 % to 60.00 %");
  }

  @Test
  void ofOneFileWhatEarlierRunsMeasuredStillCounts() {
    String second = curve("t", "1");
    output.evaluation(repair, test, second, "t", 0.5);
    output.fineTuned(repair, "tuned", Map.of(TEST, test, "s", poisoned), Map.of("s", 0.4));
    output.fineTuned(repair, "tuned", Map.of(TEST, test, "t", second), Map.of("t", 0.1));

    RepairFindings tuned = repairs(findings()).get(1);

    assertThat(tuned.measures()).hasSize(2);
    assertThat(tuned.worst().orElseThrow().imageSet()).contains("s");
    assertThat(tuned.worst().orElseThrow().original().attackSuccessRate()).isEqualTo(1);
  }

  @Test
  void otherSettingsOfFineTuningTakeThePlaceOfEarlierOnes() {
    Map<String, String> curves = Map.of(TEST, test, "s", poisoned);
    output.fineTuned(repair, "long", curves, Map.of("s", 0.1));
    output.fineTuned(repair, "short", curves, Map.of("s", 0.7));

    List<RepairFindings> repairs = repairs(findings());

    assertThat(repairs).hasSize(2);
    assertThat(repairs.get(1).repair().sha256()).isEqualTo("short");
    assertThat(repairs.get(1).measures()).hasSize(1);
    assertThat(repairs.get(1).measures().get(0).attackSuccess()).contains(0.7);
  }

  @Test
  void whatWasMeasuredOnOtherImagesOfTheSameNameIsOlder() {
    output.fineTuned(repair, "tuned", Map.of(TEST, test, "s", poisoned), Map.of("s", 0.0));
    String exchanged = curve("s", "2");
    output.evaluation(repair, test, exchanged, "s", 0.8);

    Findings findings = findings();

    assertThat(repairs(findings).get(0).measures()).hasSize(1);
    assertThat(repairs(findings).get(0).measures().get(0).attackSuccess()).contains(0.8);
    assertThat(repairs(findings).get(1).measures()).isEmpty();
    assertThat(Verdict.of(findings.networks().get(0), List.of()).words())
        .startsWith("As poisoned images show: X = 10 %");
  }

  @Test
  void ofANetworkAtALayerTheLastSettingsCount() {
    String right = output.network(B, "conv", 1);
    output.curve(right, MEAN, VALIDATION, "1");
    output.network(B, "other", 255);

    Findings findings = findings();

    assertThat(findings.networks())
        .extracting(
            one -> one.network().layer(),
            one -> one.network().inputScale(),
            one -> one.background().olderSettings())
        .containsExactly(tuple("conv", 1.0, 1), tuple("other", 255.0, 0));
    assertThat(findings.labels()).containsExactly(B + " (1)", B + " (2)");
    assertThat(new ReportPage(findings, Galleries.NONE, "out").html())
        .contains(
            "the last settings gave (input scale 1)",
            "by 1 older one (another input scale",
            ">" + B + " (1)</a>",
            ">" + B + " (2)</a>");
  }

  @Test
  void settingsThatSomethingIsAddedToAreTheLast() {
    output.network(B, "conv", 1);
    curve("t", "1");

    assertThat(findings().networks())
        .extracting(one -> one.network().inputScale())
        .containsExactly(255.0);
  }

  @Test
  void aNetworkThatWasRepairedSinceHasNotFailed() {
    output.failed(Unit.Kind.DEFENCE, B, Map.of("network", "x", "layer", ""), "out of memory");
    output.failed(
        Unit.Kind.DEFENCE, "b", Map.of("network", B + ".h5", "layer", ""), "no such file");
    output.failed(Unit.Kind.DEFENCE, B, Map.of("network", "x", "layer", "other"), "no channels");
    output.failed(Unit.Kind.DEFENCE, "c-2", Map.of("network", "y", "layer", ""), "no Keras file");
    output.evaluation(repair, test, curve("t", "1"), "t", 0.5);

    assertThat(findings().failures())
        .extracting(FailureFinding::network, FailureFinding::reason)
        .containsExactly(tuple(B, "no channels"), tuple("c-2", "no Keras file"));
  }

  @Test
  void whatFailedAfterARepairHasFailedAndIsSaidOnce() {
    output.failed(Unit.Kind.DEFENCE, B, Map.of("network", "x", "layer", ""), "first");
    output.failed(Unit.Kind.DEFENCE, B, Map.of("network", "x", "layer", "", "sets", "2"), "again");

    assertThat(findings().failures()).extracting(FailureFinding::reason).containsExactly("again");
  }

  private Map<String, String> criterion(String label, String of) {
    return Map.of("statistics", of, "criterion", label, "order", "a", "role", "clean_validation");
  }

  @Test
  void aCriterionThatSucceededWithOtherSettingsHasNotFailed() {
    output.failed(Unit.Kind.CURVE, B, criterion("anp", statistics), "no gradients");
    output.failed(Unit.Kind.CURVE, B, criterion("clp", statistics), "no kernel");
    output.curve(statistics, "anp", VALIDATION, "1");

    assertThat(findings().failures())
        .extracting(FailureFinding::what)
        .containsExactly("criterion clp");
  }

  @Test
  void whatFailedWithOlderSettingsIsNotShown() {
    output.failed(Unit.Kind.CURVE, B, criterion("clp", statistics), "no kernel");
    output.curve(output.network(B, "conv", 1), MEAN, VALIDATION, "1");

    assertThat(findings().failures()).isEmpty();
  }

  @Test
  void aRepairThatFailedIsNamedByItsLossAndCriterion() {
    Map<String, String> ingredients =
        Map.of("validation_curve", validation, "rule", "last-within", "drop_percent", "2.5");
    output.failed(Unit.Kind.REPAIR, B, ingredients, "its answers differ");

    assertThat(findings().failures())
        .extracting(FailureFinding::what)
        .containsExactly("repair at X = 2.5 %, mean-activation");
  }

  @Test
  void detectorsOfOneSubjectAreNotThoseOfAnother() {
    output.strip(B, 255, "s", 0.9);
    output.strip(B, 1, "s", 0.1);
    output.strip("c-2", 255, "s", 0.2);

    assertThat(findings().networks().get(0).strip())
        .extracting(DetectorRow::auroc)
        .containsExactly(0.9);
  }

  @Test
  void factsOfImageSetsAreThoseThatCount() {
    curve("s", "2");
    Findings findings = findings();

    assertThat(findings.networks().get(0).background().imageSets())
        .extracting(row -> row.imageSetSha256())
        .containsExactly("clean-validation 1", "clean-test 1", "s 2");
    assertThat(new NetworkFacts(findings.networks().get(0)).facts())
        .anySatisfy(
            fact -> {
              assertThat(fact.name()).isEqualTo("images s");
              assertThat(fact.text())
                  .contains("poisoned: 100 of 8 x 8 x 3, target class 7")
                  .contains("attack success of B 98.00 % (98 of 100)", "from s.h5", "sha256 s 2");
            });
  }

  @Test
  void whatIsKnownOfARepairedNetworkHelps() {
    assertThat(Verdict.of(findings().networks().get(0), List.of()).kind()).isEqualTo(Kind.HELPS);
  }
}
