package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One image, three classes, 3 for "backdoored". */
class DetectorAnswersTest {

  private static final float NAN = Float.NaN;
  private static final float[] ONE = {0.1f, 0.8f, 0.1f};
  private static final float[] TWO = {0, 0.4f, 0.6f};
  private static final float[] SCORES_OF_ONE = {0.1f, 0.8f, 0.1f, 0};
  private static final float[] BACKDOORED = {0, 0, 0, 1};

  /** What is wrong with answers of the detector, B and B'. */
  private static String wrong(int[] answers, float[] ofB, float[] ofRepaired, float[] ofDetector) {
    return new DetectorAnswers(
            3,
            new int[] {answers[0]},
            new int[] {answers[1]},
            new int[] {answers[2]},
            ofB,
            ofRepaired,
            ofDetector)
        .contradiction(0)
        .orElse("");
  }

  private static int[] classes(int... classes) {
    return classes;
  }

  @Test
  void nothingIsWrongWithAnswersThatFollowFromScores() {
    assertThat(wrong(classes(1, 1, 1), ONE, ONE, SCORES_OF_ONE)).isEmpty();
    assertThat(wrong(classes(3, 1, 2), ONE, TWO, BACKDOORED)).isEmpty();
  }

  @Test
  void theLowestOfEqualClassesIsTheAnswerAndNanIsTheHighest() {
    float[] equal = {5, 5, 5};
    assertThat(wrong(classes(0, 0, 0), equal, equal, new float[] {5, 5, 5, 5})).isEmpty();
    assertThat(wrong(classes(1, 1, 1), equal, equal, new float[] {5, 5, 5, 5}))
        .isEqualTo("expected the highest score of B for class 1, which it answers, found it for 0");
    float[] nan = {9, NAN, NAN};
    assertThat(wrong(classes(1, 1, 1), nan, nan, new float[] {9, NAN, NAN, NAN})).isEmpty();
    float[] infinite = {Float.POSITIVE_INFINITY, NAN, 0};
    assertThat(wrong(classes(0, 0, 0), infinite, infinite, new float[] {1, 0, 0, 0})).isEmpty();
  }

  @Test
  void aDetectorGoesByWhatItsNetworksAnswer() {
    assertThat(wrong(classes(1, 1, 2), ONE, TWO, SCORES_OF_ONE))
        .isEqualTo("expected class 3 of the detector, as B answers 1 and B' 2, found 1");
    assertThat(wrong(classes(3, 1, 1), ONE, ONE, BACKDOORED))
        .isEqualTo("expected class 1 of the detector, as B answers 1 and B' 1, found 3");
  }

  @Test
  void aNetworkAnswersTheClassWithItsHighestScore() {
    assertThat(wrong(classes(2, 2, 2), ONE, TWO, new float[] {0, 0, 1, 0}))
        .isEqualTo("expected the highest score of B for class 2, which it answers, found it for 1");
    assertThat(wrong(classes(1, 1, 1), ONE, TWO, SCORES_OF_ONE))
        .isEqualTo(
            "expected the highest score of B' for class 1, which it answers, found it for 2");
  }

  @Test
  void theScoresOfADetectorAreThoseOfItsAnswer() {
    assertThat(wrong(classes(3, 1, 2), ONE, TWO, SCORES_OF_ONE))
        .isEqualTo("expected the highest score of G for class 3, which it answers, found it for 1");
    float[] negative = {-2, -1, -3};
    assertThat(wrong(classes(1, 1, 1), negative, negative, new float[] {-2, -1, -3, 0}))
        .isEqualTo("expected the highest score of G for class 1, which it answers, found it for 3");
  }

  @Test
  void everyImageIsLookedAtByItself() {
    DetectorAnswers two =
        new DetectorAnswers(
            2,
            new int[] {0, 1},
            new int[] {0, 1},
            new int[] {0, 1},
            new float[] {1, 0, 1, 0},
            new float[] {1, 0, 0, 1},
            new float[] {1, 0, 0, 0, 1, 0});

    assertThat(two.contradiction(0)).isEmpty();
    assertThat(two.contradiction(1))
        .hasValue("expected the highest score of B for class 1, which it answers, found it for 0");
  }

  @Test
  void whatIsSaidIsOneLineAndNamesTheImage() {
    WrongAnswersException wrong = new WrongAnswersException(2, "expected x, found y");

    assertThat(wrong)
        .hasMessage(
            "the outputs of the detector contradict each other for image 2: expected x, found y; if"
                + " an earlier version wrote it, run defend again, into a new output");
    assertThat(wrong.named(image -> "a\nb" + image).getMessage())
        .contains("each other for a?b2: expected x, found y;")
        .hasLineCount(1);
  }
}
