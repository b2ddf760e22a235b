package backsweep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AnsweredLabelsTest {

  @Test
  void countsHitsShiftsAndTheUsualAnswer() {
    int[] labels = {0, 1, 2, 3, 3, 5};
    int[] answers = {0, 0, 2, 4, 2, 2};

    AnsweredLabels counts = AnsweredLabels.of(labels, answers);

    assertThat(counts).isEqualTo(new AnsweredLabels(6, 2, 2, 1, 2, 3, 2));
    assertThat(counts.right()).isEqualTo(new Share(2, 6));
    assertThat(counts.shifted(LabelShift.NONE)).isEqualTo(new Share(2, 6));
    assertThat(counts.shifted(LabelShift.FROM_ONE)).isEqualTo(new Share(2, 6));
    assertThat(counts.shifted(LabelShift.BELOW_ZERO)).isEqualTo(new Share(1, 6));
    assertThat(counts.answeredUsual()).isEqualTo(new Share(3, 6));
    assertThat(counts.hasVariedLabels()).isTrue();
  }

  @Test
  void ofTwoAnswersThatAreAsUsualItIsTheLowerClass() {
    assertThat(AnsweredLabels.of(new int[] {9, 9}, new int[] {7, 3}).usual()).isEqualTo(3);
  }

  @Test
  void labelsThatAreMostlyTheSameAreNotVaried() {
    assertThat(AnsweredLabels.of(new int[] {1, 1, 2}, new int[] {0, 0, 0}).hasVariedLabels())
        .isFalse();
    assertThat(AnsweredLabels.of(new int[] {1, 1, 2, 3}, new int[4]).hasVariedLabels()).isTrue();
  }

  @Test
  void needsAnAnswerForEachLabel() {
    assertThatThrownBy(() -> AnsweredLabels.of(new int[2], new int[1]))
        .hasMessage("expected a label for each answer, found 2 and 1");
    assertThatThrownBy(() -> AnsweredLabels.of(new int[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void labelsThatCountFromOneAreSeenAsSuch(
      @ForAll @Size(min = 1, max = 50) @IntRange(max = 9) int[] answers) {
    int[] fromOne = IntStream.of(answers).map(answer -> answer + 1).toArray();
    int[] below = IntStream.of(answers).map(answer -> answer - 1).toArray();

    assertThat(AnsweredLabels.of(answers, answers).hits()).isEqualTo(answers.length);
    assertThat(AnsweredLabels.of(fromOne, answers).below()).isEqualTo(answers.length);
    assertThat(AnsweredLabels.of(below, answers).above()).isEqualTo(answers.length);
  }
}
