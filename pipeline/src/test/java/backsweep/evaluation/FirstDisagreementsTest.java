package backsweep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;

class FirstDisagreementsTest {

  /** Of 10 images 1 at step 1, 2 at step 2, 3 at step 3; 4 never. */
  private static final FirstDisagreements CLEAN =
      new FirstDisagreements(10, List.of(0L, 1L, 2L, 3L));

  @Example
  void imagesAreFlaggedFromTheirStepOn() {
    assertThat(CLEAN.flaggedBy(0)).isEqualTo(new Share(0, 10));
    assertThat(CLEAN.flaggedBy(2)).isEqualTo(new Share(3, 10));
    assertThat(CLEAN.flaggedBy(3)).isEqualTo(new Share(6, 10));
  }

  @Example
  void operatingPointIsTheLastStepThatFlagsFewEnough() {
    assertThat(CLEAN.lastStepFlaggingAtMost(0.05)).isZero();
    assertThat(CLEAN.lastStepFlaggingAtMost(0.1)).isEqualTo(1);
    assertThat(CLEAN.lastStepFlaggingAtMost(0.59)).isEqualTo(2);
    assertThat(CLEAN.lastStepFlaggingAtMost(1)).isEqualTo(3);
  }

  /**
   * One poisoned image at step 1, one never: (9 later + half of 1 + half of 4 never) of 20 pairs.
   */
  @Example
  void areaUnderTheCurve() {
    FirstDisagreements poisoned = new FirstDisagreements(2, List.of(0L, 1L, 0L, 0L));

    assertThat(CLEAN.auroc(poisoned)).isCloseTo((9 + 0.5 + 2) / 20, Offset.offset(1e-12));
  }

  /** The definition: every pair of a clean and a poisoned image. */
  @Property
  void areaIsTheShareOfPairsInWhichThePoisonedImageComesFirst(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 5) Integer> clean,
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 5) Integer> poisoned) {
    double pairs = 0;
    for (int one : clean) {
      for (int other : poisoned) {
        pairs += other < one ? 1 : other == one ? 0.5 : 0;
      }
    }

    assertThat(of(clean).auroc(of(poisoned)))
        .isCloseTo(pairs / (clean.size() * poisoned.size()), Offset.offset(1e-12));
    assertThat(of(poisoned).auroc(of(clean)) + of(clean).auroc(of(poisoned)))
        .isCloseTo(1, Offset.offset(1e-12));
  }

  /** First disagreements at these steps; 5 stands for never. */
  private static FirstDisagreements of(List<Integer> steps) {
    List<Long> counts = new ArrayList<>(List.of(0L, 0L, 0L, 0L, 0L));
    steps.stream().filter(step -> step < 5).forEach(step -> counts.set(step, counts.get(step) + 1));
    return new FirstDisagreements(steps.size(), counts);
  }

  @Example
  void impossibleCountsAreRefused() {
    assertThatThrownBy(() -> new FirstDisagreements(1, List.of(0L, 2L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at most 1 images, at least one, found 2");
    assertThatThrownBy(() -> CLEAN.auroc(new FirstDisagreements(1, List.of(0L, 1L))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 4 steps, found 2");
  }
}
