package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.report.Verdict.Kind;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.RepairedNetworkRow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a page says of a network is what its measures say. */
class VerdictTest {

  /** Of the original: accuracy 0.98, attack success 1. G rejects 4 % of clean test images. */
  private static EvaluationRow row(
      String subject, String set, Double accuracy, Double attack, Double rating, Double caught) {
    return new EvaluationRow(
        "u",
        "a",
        "n",
        "c",
        "first-below",
        10,
        48,
        false,
        subject,
        set,
        accuracy,
        accuracy,
        accuracy,
        attack,
        attack,
        attack,
        null,
        rating,
        caught,
        subject.equals("goodnet") && accuracy != null ? 0.04 : null,
        null,
        null,
        null);
  }

  private static Measures measures(String set, Double accuracy, Double attack) {
    Double known = accuracy == null ? null : 0.98;
    Double rating =
        accuracy == null || attack == null
            ? null
            : (Math.max(0, 1 - attack) - Math.max(0, 0.98 - accuracy) + 1) / 2;
    return new Measures(
        row("original", set, known, attack == null ? null : 1.0, null, null),
        row("repaired", set, accuracy, attack, rating, null),
        row("goodnet", set, accuracy, attack, null, attack == null ? null : 0.9));
  }

  private static RepairFindings repair(Integer step, boolean fineTuned, Measures... measures) {
    RepairedNetworkRow row =
        new RepairedNetworkRow(
            "u",
            "a",
            "n",
            "c",
            "first-below",
            10,
            step,
            fineTuned,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return new RepairFindings(row, List.of(measures));
  }

  private static Verdict verdict(CriterionFindings... criteria) {
    return Verdict.of(
        new NetworkFindings(null, List.of(), List.of(criteria), List.of()), List.of());
  }

  private static CriterionFindings criterion(String name, RepairFindings... repairs) {
    return new CriterionFindings(name, List.of(), List.of(repairs), List.of());
  }

  @Test
  void whatTakesMoreFromTheAttackThanItCostsHelps() {
    Verdict verdict = verdict(criterion("anp", repair(48, false, measures("s", 0.96, 0.1))));

    assertThat(verdict.kind()).isEqualTo(Kind.HELPS);
    assertThat(verdict.words())
        .contains(
            "X = 10 %, anp",
            "on s",
            "from 100.00 % to 10.00 %",
            "costs 2.00 points",
            "DER 0.940",
            "catches 90.00 %",
            "rejects 4.00 %");
  }

  @Test
  void ofSeveralAttacksTheWorstCounts() {
    Verdict verdict =
        verdict(
            criterion(
                "anp",
                repair(48, false, measures("weak", 0.96, 0.0), measures("strong", 0.96, 1.0))));

    assertThat(verdict.kind()).isEqualTo(Kind.HARMS);
    assertThat(verdict.words())
        .startsWith("The only repair, X = 10 %, anp, costs more clean accuracy than")
        .contains(
            "the attack: it leaves attack success on strong at 100.00 % and costs", "DER 0.490).");
  }

  @Test
  void noEffectIsNeitherHelpNorHarm() {
    Verdict verdict = verdict(criterion("anp", repair(48, false, measures("s", 0.98, 1.0))));

    assertThat(verdict.kind()).isEqualTo(Kind.NO_EFFECT);
    assertThat(verdict.words())
        .startsWith("The only repair, X = 10 %, anp, takes as much from the attack as it costs")
        .contains("DER 0.500, which is no effect).", "attack success on s at 100.00 %");
  }

  @Test
  void chanceAndTheUnprunedNetworkAreNoRepairs() {
    RepairFindings good = repair(48, false, measures("s", 0.98, 0.0));

    assertThat(verdict(criterion("random-1", good)).kind()).isEqualTo(Kind.NOTHING);
    assertThat(verdict(criterion("none", good)).kind()).isEqualTo(Kind.NOTHING);
  }

  @Test
  void theUnprunedNetworkIsARepairOnceItIsFineTuned() {
    Verdict verdict = verdict(criterion("none", repair(0, true, measures("s", 0.97, 0.0))));

    assertThat(verdict.kind()).isEqualTo(Kind.HELPS);
    assertThat(verdict.best().orElseThrow().name()).isEqualTo("X = 10 %, none, fine-tuned");
  }

  @Test
  void withoutPoisonedImagesNobodyKnows() {
    Verdict verdict = verdict(criterion("anp", repair(48, false, measures(null, 0.96, null))));

    assertThat(verdict.kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(verdict.words())
        .isEqualTo(
            "No poisoned set was given, so nobody knows whether a repair helps. X = 10 %, anp costs"
                + " 2.00 points of clean accuracy. The detector G made of it wrongly rejects 4.00 %"
                + " of clean images.");
  }

  @Test
  void withoutCleanTestImagesTheCostIsUnknown() {
    Verdict verdict = verdict(criterion("anp", repair(48, false, measures("s", null, 0.5))));

    assertThat(verdict.kind()).isEqualTo(Kind.COST_UNKNOWN);
    assertThat(verdict.kind().words()).isEqualTo("cost in clean accuracy unknown");
    assertThat(verdict.words())
        .isEqualTo(
            "No clean test set was given, so nobody knows what a repair costs. X = 10 %, anp takes"
                + " attack success on s from 100.00 % to 50.00 %. The detector G made of it catches"
                + " 90.00 % of poisoned images.");
  }

  @Test
  void withNeitherBothAreUnknownInAWholeSentence() {
    Verdict verdict = verdict(criterion("anp", repair(48, false, measures(null, null, null))));

    assertThat(verdict.kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(verdict.words())
        .isEqualTo(
            "Neither a poisoned set nor a clean test set was given, so nobody knows whether a"
                + " repair helps, nor what it costs.");
  }

  @Test
  void whereNobodyKnowsTheCostTheLeastAttackIsTheBest() {
    Verdict verdict =
        verdict(
            criterion("anp", repair(48, false, measures("s", null, 0.5))),
            criterion("clp", repair(48, false, measures("s", null, 0.1), measures("t", null, 0.4))),
            criterion("l1", repair(48, false, measures("s", null, 0.9))));

    assertThat(verdict.best().orElseThrow().criterion()).isEqualTo("clp");
    assertThat(verdict.words())
        .contains(
            "least by X = 10 %, clp, which takes attack success on t from 100.00 % to 40.00 %");
  }

  @Test
  void whereNothingIsKnownButFailuresItFailed() {
    FailureFinding failure = new FailureFinding("n", "the network", "no Keras", Instant.EPOCH);
    NetworkFindings nothing = new NetworkFindings(null, List.of(), List.of(), List.of());

    Verdict verdict = Verdict.of(nothing, List.of(failure));

    assertThat(verdict.kind()).isEqualTo(Kind.FAILED);
    assertThat(verdict.words()).isEqualTo("At the network: no Keras");
    assertThat(Verdict.of(nothing, List.of()).kind()).isEqualTo(Kind.NOTHING);
  }

  @Test
  void aLossThatIsNeverReachedRepairsNothing() {
    assertThat(verdict(criterion("anp", repair(null, false, measures("s", null, null)))).kind())
        .isEqualTo(Kind.NOTHING);
  }

  @Test
  void oneRepairIsNotTheBestOfOne() {
    Verdict verdict = verdict(criterion("anp", repair(48, false, measures("s", 0.96, 0.1))));

    assertThat(verdict.words())
        .startsWith("As poisoned images show: X = 10 %, anp takes attack success on s from")
        .endsWith("catches 90.00 % of poisoned images and wrongly rejects 4.00 % of clean images.");
  }

  @Test
  void severalAreCounted() {
    assertThat(of(0.96, 1.0).words())
        .startsWith("Each of 2 repairs costs more")
        .contains("The least bad, X");
    assertThat(of(0.98, 1.0).words()).startsWith("None of 2 repairs takes more");
    assertThat(of(0.96, null).words()).contains("Of 2 repairs X = 10 %, anp leaves the most");
  }

  /** Of two repairs that do the same. */
  private static Verdict of(Double accuracy, Double attack) {
    RepairFindings same = repair(48, false, measures("s", accuracy, attack));
    return verdict(criterion("anp", same), criterion("clp", same));
  }

  @Test
  void theBestOfSeveralIsNamed() {
    Verdict verdict =
        verdict(
            Stream.of(0.5, 0.1, 0.9)
                .map(
                    attack ->
                        criterion(
                            "attack-" + attack, repair(48, false, measures("s", 0.96, attack))))
                .toArray(CriterionFindings[]::new));

    assertThat(verdict.best().orElseThrow().criterion()).isEqualTo("attack-0.1");
    assertThat(verdict.words()).contains("The best of 3");
  }
}
