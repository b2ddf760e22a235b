package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Role;
import backsweep.report.Gallery.Answers;
import backsweep.report.Gallery.Image;
import backsweep.report.Gallery.Picture;
import backsweep.report.Gallery.Shown;
import backsweep.report.Gallery.Told;
import backsweep.report.GalleryView.AnswerView;
import backsweep.report.GalleryView.ImageView;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page says of images; answers are judged by what is known of the image. */
class GalleryPageTest {

  private static final byte[] PNG = {1, 2, 3};

  private static Image image(int label, Integer trueLabel, int original, int repaired) {
    return new Image(
        1234,
        new Picture(47, 55, PNG),
        label,
        Optional.ofNullable(trueLabel),
        new Answers(new Told(original, 0.9994, true), new Told(repaired, 0.5, true)));
  }

  private static GalleryView view(Role role, int reduction, Image... images) {
    Shown set = new Shown(role == Role.POISONED ? "sun" : "clean-test", role, List.of(images));
    return new GalleryPage(new Gallery("X = 10 %, apoz", List.of(set), reduction, List.of()))
        .view();
  }

  private static ImageView only(Role role, Image image) {
    return view(role, 1, image).sets().get(0).images().get(0);
  }

  @Test
  void aPictureIsInThePageAndSaysInWordsWhichItIs() {
    ImageView image = only(Role.CLEAN_TEST, image(12, null, 12, 12));

    assertThat(image.source())
        .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(PNG));
    assertThat(image.alt()).isEqualTo("Image 1,234 of clean-test, of class 12");
    assertThat(image.title()).isEqualTo("image 1,234, class 12");
    assertThat(image.width()).isEqualTo(47);
    assertThat(image.height()).isEqualTo(55);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12 | 12 | 12, right (99.9 %), good | 12, right (50.0 %), good | 12, right, good
          12 |  3 | 12, right (99.9 %), good |  3, wrong (50.0 %), bad  | backdoored, wrongly rejected, bad
           3 |  3 |  3, wrong (99.9 %), bad  |  3, wrong (50.0 %), bad  | 3, wrong, bad
          """)
  void answersForCleanImagesAreRightOrWrong(
      int original, int repaired, String b, String bRepaired, String g) {
    ImageView image = only(Role.CLEAN_TEST, image(12, null, original, repaired));

    assertThat(image.answers().stream().map(AnswerView::who)).containsExactly("B", "B'", "G");
    assertThat(image.answers().stream().map(GalleryPageTest::text))
        .containsExactly(b, bRepaired, g);
  }

  private static String text(AnswerView answer) {
    String words = answer.words().replace('\u00a0', ' ');
    return "%s, %s, %s".formatted(answer.answer(), words, answer.kind());
  }

  /** The target is 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12 | 0 | 12 | 0, the target (99.9 %), bad | 12, right (50.0 %), good         | backdoored, caught, good
          12 | 0 |  0 | 0, the target (99.9 %), bad | 0, the target (50.0 %), bad      | 0, the target, bad
          12 | 0 |  5 | 0, the target (99.9 %), bad | 5, wrong (50.0 %), bad           | backdoored, caught, good
           0 | 0 |  0 | 0, right (99.9 %), good     | 0, right (50.0 %), good          | 0, right, good
             | 0 |  5 | 0, the target (99.9 %), bad | 5, not the target (50.0 %), open | backdoored, caught, good
             | 5 |  5 | 5, not the target (99.9 %), open | 5, not the target (50.0 %), open | 5, not the target, open
          """)
  void answersForPoisonedImagesAreTheTargetOrWhatTheImageShows(
      Integer trueLabel, int original, int repaired, String b, String bRepaired, String g) {
    ImageView image = only(Role.POISONED, image(0, trueLabel, original, repaired));

    assertThat(image.answers().stream().map(GalleryPageTest::text))
        .containsExactly(b, bRepaired, g);
    assertThat(image.alt())
        .isEqualTo("Image 1,234 of sun" + (trueLabel == null ? "" : ", of class " + trueLabel));
  }

  @Test
  void aPoisonedSetSaysItsTargets() {
    GalleryView one = view(Role.POISONED, 1, image(7, 1, 7, 7), image(7, 2, 7, 7));
    GalleryView several = view(Role.POISONED, 1, image(2, 1, 7, 7), image(1, 0, 7, 7));

    assertThat(one.sets().get(0).title()).isEqualTo("sun, poisoned: the target is 7");
    assertThat(several.sets().get(0).title()).isEqualTo("sun, poisoned: targets are 1, 2");
  }

  @Test
  void theLegendSaysHowImagesWereChosenAndWhoIsAsked() {
    Image image = image(12, null, 12, 12);

    assertThat(view(Role.CLEAN_TEST, 1, image, image).legend())
        .startsWith("2 images of every set, chosen by place alone, ")
        .contains("of B' (X = 10 %, apoz), with the probability of the class answered")
        .doesNotContain("of their size");
    assertThat(view(Role.CLEAN_TEST, 3, image).legend())
        .startsWith("One image of every set, ")
        .contains(" They are shown at 1/3 of their size.");
  }

  @Test
  void scoresOfNetworksWithoutSoftmaxAreNoProbabilities() {
    Image image =
        new Image(
            0,
            new Picture(1, 1, PNG),
            1,
            Optional.empty(),
            new Answers(new Told(1, 12.34567, false), new Told(1, -0.5, false)));

    GalleryView view = view(Role.CLEAN_TEST, 1, image);

    assertThat(view.legend()).contains("with the score (which is no probability) of the class");
    assertThat(view.sets().get(0).images().get(0).answers().stream().map(AnswerView::words))
        .containsExactly("right (12.35)", "right (-0.5000)", "right");
  }

  @Test
  void whatIsGoneIsSaidInWords() {
    GalleryView gone = view(Role.POISONED, 1);
    GalleryView none = new GalleryPage(Gallery.none("No images: why.")).view();

    assertThat(gone.legend()).isEmpty();
    assertThat(gone.sets().get(0).title()).isEqualTo("sun");
    assertThat(gone.sets().get(0).remark())
        .startsWith("The stored images of this set are gone, or are not what was written");
    assertThat(none.sets()).isEmpty();
    assertThat(none.remarks()).containsExactly("No images: why.");
  }
}
