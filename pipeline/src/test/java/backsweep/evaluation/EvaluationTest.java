package backsweep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.evaluation.StepCounts.TrueLabelCounts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final Optional<StepCounts> NONE = Optional.empty();
  private static final StepCounts CLEAN_BEFORE = counts(100, 90, 100, 90);
  private static final StepCounts CLEAN_AFTER = counts(100, 80, 85, 78);
  private static final StepCounts POISONED_BEFORE = counts(50, 50, 50, 50);
  private static final StepCounts POISONED_AFTER = counts(50, 20, 30, 18);

  @Test
  void withBothSetsEverythingIsKnownButRobustAccuracy() {
    SetCounts before = both(CLEAN_BEFORE, POISONED_BEFORE);
    SetCounts after = both(CLEAN_AFTER, POISONED_AFTER);

    Evaluation original = Evaluation.original(before);
    assertThat(original.cleanAccuracy()).contains(new Share(90, 100));
    assertThat(original.attackSuccess()).contains(new Share(50, 50));
    assertThat(original.effectiveness()).isEmpty();
    assertThat(original.truePositives()).isEmpty();

    Evaluation repaired = Evaluation.repaired(before, after);
    assertThat(repaired.cleanAccuracy()).contains(new Share(80, 100));
    assertThat(repaired.attackSuccess()).contains(new Share(20, 50));
    assertThat(repaired.effectiveness()).contains(new DefenceEffectiveness(0.75));
    assertThat(repaired.robustAccuracy()).isEmpty();
    assertThat(repaired.falsePositives()).isEmpty();

    Evaluation goodNet = Evaluation.goodNet(after);
    assertThat(goodNet.cleanAccuracy()).contains(new Share(78, 100));
    assertThat(goodNet.attackSuccess()).contains(new Share(18, 50));
    assertThat(goodNet.truePositives()).contains(new Share(20, 50));
    assertThat(goodNet.falsePositives()).contains(new Share(15, 100));
    assertThat(goodNet.effectiveness()).isEmpty();
  }

  @Test
  void withoutAPoisonedSetAttackSuccessAndEffectivenessAreUnknown() {
    SetCounts before = new SetCounts(Optional.of(CLEAN_BEFORE), NONE);
    SetCounts after = new SetCounts(Optional.of(CLEAN_AFTER), NONE);
    Evaluation repaired = Evaluation.repaired(before, after);
    Evaluation goodNet = Evaluation.goodNet(after);

    assertThat(repaired.cleanAccuracy()).contains(new Share(80, 100));
    assertThat(repaired.attackSuccess()).isEmpty();
    assertThat(repaired.effectiveness()).isEmpty();
    assertThat(goodNet.truePositives()).isEmpty();
    assertThat(goodNet.falsePositives()).contains(new Share(15, 100));
  }

  @Test
  void withoutATestSetCleanAccuracyAndEffectivenessAreUnknown() {
    SetCounts before = new SetCounts(NONE, Optional.of(POISONED_BEFORE));
    SetCounts after = new SetCounts(NONE, Optional.of(POISONED_AFTER));
    Evaluation repaired = Evaluation.repaired(before, after);

    assertThat(repaired.cleanAccuracy()).isEmpty();
    assertThat(repaired.attackSuccess()).contains(new Share(20, 50));
    assertThat(repaired.effectiveness()).isEmpty();
    assertThat(Evaluation.goodNet(after).falsePositives()).isEmpty();
    assertThat(Evaluation.goodNet(after).truePositives()).contains(new Share(20, 50));
  }

  @Test
  void withoutAnySetNothingIsKnown() {
    SetCounts nothing = new SetCounts(NONE, NONE);

    assertThat(Evaluation.original(nothing)).isEqualTo(Evaluation.UNKNOWN);
    assertThat(Evaluation.repaired(nothing, nothing)).isEqualTo(Evaluation.UNKNOWN);
    assertThat(Evaluation.goodNet(nothing)).isEqualTo(Evaluation.UNKNOWN);
  }

  @Test
  void trueLabelsGiveRobustAccuracyAndTheAttackSuccessOfTheLiterature() {
    StepCounts known =
        new StepCounts(50, 20, 30, 18, 2, Optional.of(new TrueLabelCounts(25, 48, 19)));
    SetCounts counts = both(CLEAN_AFTER, known);

    assertThat(Evaluation.original(counts).robustAccuracy()).contains(new Share(25, 50));
    assertThat(Evaluation.original(counts).attackSuccess()).contains(new Share(20, 50));
    assertThat(Evaluation.original(counts).attackSuccessNotTarget()).contains(new Share(19, 48));
    assertThat(Evaluation.goodNet(counts).robustAccuracy()).isEmpty();
    assertThat(Evaluation.goodNet(counts).attackSuccessNotTarget()).isEmpty();
  }

  @Test
  void whereAllImagesShowTheTargetThereIsNoAttack() {
    StepCounts known =
        new StepCounts(50, 20, 30, 18, 2, Optional.of(new TrueLabelCounts(20, 0, 0)));

    assertThat(known.robustAccuracy()).contains(new Share(20, 50));
    assertThat(known.attackSuccessNotTarget()).isEmpty();
  }

  private static SetCounts both(StepCounts clean, StepCounts poisoned) {
    return new SetCounts(Optional.of(clean), Optional.of(poisoned));
  }

  private static StepCounts counts(long images, long hits, long agreements, long agreedHits) {
    return new StepCounts(images, hits, agreements, agreedHits, 0, Optional.empty());
  }
}
