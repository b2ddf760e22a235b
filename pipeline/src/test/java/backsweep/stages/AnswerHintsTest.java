package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.evaluation.AnsweredLabels;
import backsweep.evaluation.Share;
import backsweep.images.ImageLayout;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerHintsTest {

  private static final int IMAGES = 500;
  private static final int CLASSES = 10;
  private static final int[] LABELS = IntStream.range(0, IMAGES).map(i -> i % CLASSES).toArray();
  private static final String WRONG =
      "50 of 500 images are answered with their label, no better than"
          + " guessing among 10 classes";

  private static ImageSource source(Role role, String name, int onlyLabel) {
    ImageSet set = new ImageSet(name, role, "ab".repeat(32), IMAGES, new ImageShape(4, 4, 3));
    return new ImageSource(
        set, name + ".h5", new SourceKind.Hdf5(set.sha256(), ImageLayout.NCHW), false, onlyLabel);
  }

  private static AnswerHints clean(long hits) {
    return new AnswerHints(
        source(Role.CLEAN_VALIDATION, "clean-validation", -1), new Share(hits, IMAGES), CLASSES);
  }

  private static AnswerHints poisoned(int onlyLabel) {
    return new AnswerHints(
        source(Role.POISONED, "square", onlyLabel), new Share(0, IMAGES), CLASSES);
  }

  /** Every image is answered as far off as this, but for some that are answered at random. */
  private static AnsweredLabels answers(int off, int random) {
    return AnsweredLabels.of(
        LABELS,
        IntStream.range(0, IMAGES)
            .map(i -> i < random ? i * 7919 / 13 % CLASSES : LABELS[i] + off)
            .toArray());
  }

  private static AnsweredLabels all(int answer) {
    return AnsweredLabels.of(LABELS, IntStream.range(0, IMAGES).map(i -> answer).toArray());
  }

  private static Map<Float, AnsweredLabels> scales(AnsweredLabels now, AnsweredLabels at255) {
    Map<Float, AnsweredLabels> byScale = new LinkedHashMap<>();
    byScale.put(1f, now);
    byScale.put(255f, at255);
    return byScale;
  }

  @ParameterizedTest
  @CsvSource({"499, false", "250, false", "249, true", "50, true", "0, true"})
  void aCleanSetIsDoubtfulWhereMostAnswersAreWrong(long hits, boolean isDoubtful) {
    assertThat(clean(hits).isDoubtful()).isEqualTo(isDoubtful);
  }

  @Test
  void ofTwoClassesHalfIsNoMoreThanChance() {
    ImageSource source = clean(0).source();
    assertThat(new AnswerHints(source, new Share(260, IMAGES), 2).isDoubtful()).isTrue();
    assertThat(new AnswerHints(source, new Share(300, IMAGES), 2).isDoubtful()).isFalse();
  }

  @Test
  void anotherScaleIsNamedWithWhatItGives() {
    assertThat(clean(50).clean(scales(answers(0, IMAGES), answers(0, 20))).orElseThrow().text())
        .matches(
            "clean-validation: "
                + WRONG
                + "\\. Try --input-scale 255; of the first and last 500 images 48\\d are answered"
                + " right then");
  }

  @Test
  void aScaleThatIsNoBetterThanByChanceIsNotNamed() {
    Slip hint = clean(50).clean(scales(answers(0, IMAGES), answers(0, IMAGES - 20))).orElseThrow();
    assertThat(hint.advice())
        .startsWith(
            "Is --input-scale right? It is 1; 255 is for networks trained on pixels from 0 to 1, 1"
                + " for those trained on pixels from 0 to 255.");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 'Labels seem to count from 1: subtract 1 from each; of the first'",
    "1, 'Labels seem to be one too low: add 1 to each; of the first'"
  })
  void labelsOffByOneAreRecognised(int off, String advice) {
    assertThat(clean(0).clean(scales(answers(off, 20), answers(0, IMAGES))).orElseThrow().advice())
        .startsWith(advice);
  }

  @Test
  void bothSlipsTogetherAreRecognised() {
    assertThat(clean(50).clean(scales(answers(0, IMAGES), answers(-1, 20))).orElseThrow().advice())
        .startsWith(
            "Try --input-scale 255, and labels seem to count from 1: subtract 1 from each; of the");
  }

  @Test
  void aPoisonedSetInThePlaceOfACleanOneIsRecognised() {
    assertThat(clean(50).clean(scales(all(3), all(3))).orElseThrow().advice())
        .startsWith("Nearly all are answered 3: is it a poisoned set, which goes to --poisoned");
  }

  @Test
  void answersThatAreOnlyPoorAreNoSlip() {
    assertThat(clean(200).clean(scales(answers(0, 350), answers(0, IMAGES)))).isEmpty();
  }

  @Test
  void whereNothingCanBeAskedTheScaleIsInQuestion() {
    assertThat(clean(50).unasked(127.5f).orElseThrow().text())
        .startsWith("clean-validation: " + WRONG + ". Is --input-scale right? It is 127.5; 255 is");
    assertThat(clean(200).unasked(1)).isEmpty();
  }

  @Test
  void allScalesAreAskedOnceAndTheGivenOneFirst() {
    assertThat(AnswerHints.scales(255)).containsExactly(255f, 1f, 1 / 255f);
    assertThat(AnswerHints.scales(127.5f)).containsExactly(127.5f, 1f, 255f, 1 / 255f);
  }

  @Test
  void aPoisonedSetIsToBeLabelledWithItsTarget() {
    assertThat(poisoned(-1).poisoned(all(3)).orElseThrow().text())
        .startsWith("square: 0 of 500 images are answered with their label")
        .contains("Most are answered 3, but have labels of their own: ", "--target 3");
    assertThat(poisoned(4).poisoned(all(3)).orElseThrow().advice())
        .startsWith(
            "Most are answered 3, but are labelled 4: the labels of a poisoned set must be");
  }

  @Test
  void anAttackThatFailsIsNoSlip() {
    assertThat(poisoned(4).poisoned(answers(0, IMAGES))).isEmpty();
  }

  @Test
  void targetsOfAnAllToAllAttackMayCountFromOneToo() {
    assertThat(poisoned(-1).poisoned(answers(-1, 20)).orElseThrow().advice())
        .isEqualTo("Labels seem to count from 1: subtract 1 from each.");
  }
}
