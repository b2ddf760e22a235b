package backsweep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EntropiesTest {

  private static Entropies of(double... bits) {
    List<Double> list = new ArrayList<>();
    for (double bit : bits) {
      list.add(bit);
    }
    return new Entropies(list);
  }

  private static Entropies of(List<Integer> bits) {
    return new Entropies(bits.stream().map(Integer::doubleValue).toList());
  }

  /** From 1 to so many. */
  private static Entropies upTo(int last) {
    return of(IntStream.rangeClosed(1, last).boxed().toList());
  }

  @Test
  void ofAnAnswerIsInBits() {
    assertThat(Entropies.of(new float[] {0, 1, 0})).isZero();
    assertThat(Entropies.of(new float[] {0.5f, 0.5f})).isEqualTo(1, within(1e-12));
    assertThat(Entropies.of(new float[] {0.25f, 0.5f, 0, 0.25f})).isEqualTo(1.5, within(1e-12));
    assertThat(Entropies.of(new float[] {.125f, .125f, .125f, .125f, .125f, .125f, .125f, .125f}))
        .isEqualTo(3, within(1e-12));
  }

  @Test
  void ofNoNumberIsNoNumberAndRefused() {
    double entropy = Entropies.of(new float[] {Float.NaN, 0.5f});

    assertThat(entropy).isNaN();
    assertThatThrownBy(() -> of(1, entropy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected finite entropies, at least one, found 2, the last NaN");
    assertThatThrownBy(EntropiesTest::of)
        .hasMessage("expected finite entropies, at least one, found 0, the last none");
  }

  @Test
  void theThresholdFlagsOneInTwenty() {
    assertThat(upTo(20).highestThreshold(0.05)).isEqualTo(2);
    assertThat(upTo(20).below(2)).isEqualTo(new Share(1, 20));
    assertThat(upTo(19).highestThreshold(0.05)).isEqualTo(1);
    assertThat(upTo(19).below(1)).isEqualTo(new Share(0, 19));
    assertThat(upTo(59).highestThreshold(0.05)).isEqualTo(3);
    assertThat(upTo(60).highestThreshold(0.05)).isEqualTo(4);
    assertThat(of(7).highestThreshold(0.05)).isEqualTo(7);
  }

  /** Of three that are equal, where two may be flagged, none is. */
  @Test
  void theThresholdDividesNoTies() {
    Entropies tied = of(IntStream.range(0, 40).map(i -> i < 3 ? 1 : i).boxed().toList());

    assertThat(tied.highestThreshold(0.05)).isEqualTo(1);
    assertThat(tied.below(1)).isEqualTo(new Share(0, 40));
    assertThat(tied.below(Math.nextUp(1.0))).isEqualTo(new Share(3, 40));
  }

  @Test
  void theAreaCountsTiesHalf() {
    Entropies clean = of(3, 1, 2);

    assertThat(clean.auroc(of(2, 0))).isEqualTo(4.5 / 6);
    assertThat(clean.auroc(of(0, 0.5))).isEqualTo(1);
    assertThat(clean.auroc(of(4))).isZero();
    assertThat(clean.auroc(clean)).isEqualTo(0.5);
  }

  @Test
  void theEvaluationTakesItsThresholdFromValidationImages() {
    EntropyEvaluation found =
        EntropyEvaluation.of(upTo(20), of(1.5, 2, 9, 1), of(0, 1.9, 2, 0.5, 12));

    assertThat(found)
        .isEqualTo(
            new EntropyEvaluation(
                (4 + 2 + 1.5 + 4 + 0) / 20, 2, new Share(1, 20), new Share(2, 4), new Share(3, 5)));
  }

  @Property
  void theAreaIsTheShareOfPairs(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> clean,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> poisoned) {
    double pairs = 0;
    for (int one : clean) {
      for (int other : poisoned) {
        pairs += other < one ? 1 : other == one ? 0.5 : 0;
      }
    }

    assertThat(of(clean).auroc(of(poisoned)))
        .isEqualTo(pairs / (clean.size() * (double) poisoned.size()), within(1e-12));
  }

  @Property
  void noHigherThresholdFlagsFewEnough(
      @ForAll @Size(min = 1, max = 100) List<@IntRange(max = 30) Integer> bits) {
    Entropies entropies = of(bits);
    double threshold = entropies.highestThreshold(0.05);

    assertThat(entropies.below(threshold).hits() * 20).isLessThanOrEqualTo(bits.size());
    assertThat(entropies.below(Math.nextUp(threshold)).hits() * 20).isGreaterThan(bits.size());
    assertThat(threshold).isLessThanOrEqualTo(Collections.max(bits));
  }
}
