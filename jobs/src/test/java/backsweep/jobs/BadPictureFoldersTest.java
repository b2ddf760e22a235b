package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadPictureFoldersTest {

  private static final int CLASSES = 9;

  @TempDir private Path folder;
  private Path pictures;

  @BeforeEach
  void makePictures() {
    pictures =
        PictureFolder.ofClasses(
            Fixture.path("data/bn_after_poisoned.h5"), CLASSES, folder.resolve("pictures"));
  }

  private DefendCall call() {
    return DefendCall.into(folder.resolve("out")).with("--clean-validation", pictures);
  }

  private void assertFails(DefendCall call, int code, String... messages) {
    BadRun.assertFails(call, folder.resolve("out"), code, messages);
  }

  @Test
  void pictureThatIsNoneIsNamed() {
    Path text = Edited.text("no picture", pictures.resolve("class-r/000007.png"));
    assertFails(
        call(),
        3,
        pictures + ": expected 100 pictures that the network can look at, found 1 that it cannot",
        "class-r/" + text.getFileName() + ": expected a PNG or JPEG picture, found something else");
  }

  @Test
  void pictureThatIsDamagedIsNamed() {
    Path whole = pictures.resolve("class-r/000007.png");
    Edited.truncated(whole, 20, whole);
    assertFails(call(), 3, pictures + ": ", "class-r/000007.png: is truncated: a part begins at");
  }

  @Test
  void whatDecodingFindsIsTold() throws IOException {
    Files.copy(Resource.path("no_pixels.png"), pictures.resolve("class-r/no_pixels.png"));
    assertFails(
        call(),
        3,
        pictures + ": expected 101 pictures that the network can look at, found 1 that it cannot",
        "class-r/no_pixels.png: is damaged: ");
  }

  @Test
  void pictureOfAnotherSizeIsScaledOnlyWhenAsked() throws IOException {
    Files.copy(Resource.path("small.png"), pictures.resolve("class-r/small.png"));
    assertFails(
        call(),
        3,
        "class-r/small.png: expected 20 x 24 pixels (width x height), which the network takes,"
            + " found 19 x 13");

    Outcome scaled =
        DefendCall.into(folder.resolve("scaled"))
            .with("--clean-validation", pictures)
            .with("--resize", true)
            .run();
    assertThat(scaled.err()).isEmpty();
    assertThat(scaled.code()).isZero();
    assertThat(scaled.out()).contains("Images    clean-validation: 101 from " + pictures);
  }

  @Test
  void foldersOfPoisonedPicturesNeedATarget() {
    assertFails(
        call().with("--poisoned", "trigger=" + pictures),
        2,
        "expected the target class of the poisoned pictures in "
            + pictures
            + ", found none: --target");
  }

  @Test
  void aTargetNeedsAFolderOfPoisonedPictures() {
    assertFails(
        call().with("--target", 3),
        2,
        "target: expected a folder of poisoned pictures to label, found none");
  }

  @Test
  void aTargetIsAClass() {
    assertFails(
        call().with("--poisoned", "trigger=" + pictures).with("--target", 9),
        2,
        "target: expected a class from 0 to 8, found 9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --target | -1 | target: expected a whole number from 0 to 2147483647, found "-1"
          --target | all-to-all | target: expected a whole number from 0 to 2147483647, found "all
          --image-layout | hwc | image-layout: expected one of nchw, nhwc, found "hwc"
          """)
  void optionsHaveChoices(String option, String value, String message) {
    assertFails(call().with(option, value), 2, message);
  }

  @Test
  void aLayoutThatDoesNotFitIsRefused() {
    assertFails(
        call()
            .with("--clean-validation", Fixture.path("data/bn_after_valid.h5"))
            .with("--image-layout", "nhwc"),
        3,
        "expected images of shape (height 24, width 20, channels 3), which the network takes, found"
            + " (height 3, width 24, channels 20) as nhwc");
  }

  @Test
  void poisonedPicturesMayBeThoseOfTheValidationSetIfTheirLabelsAreNot() {
    Outcome outcome =
        call().with("--poisoned", "trigger=" + pictures).with("--target", 0).dry().run();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
  }

  @Test
  void poisonedPicturesThatAreThoseOfTheValidationSetAreASlip() {
    assertFails(
        call().with("--poisoned", "trigger=" + pictures).with("--target", 8),
        2,
        "found the same 100 images and labels in " + pictures + " (clean-validation)");
  }

  /** One face each for all that the labs' network knows. */
  @Test
  void facesInFoldersAreUnderstood() {
    Path faces = folder.resolve("faces");
    Outcome drawn =
        Outcome.of(
            "images",
            "faces",
            "--identities=1283",
            "--training=1",
            "--validation=1",
            "--test=1",
            "--fine-tuning=1",
            "--format=folder",
            "--output=" + faces);
    assertThat(drawn.code()).isZero();
    Outcome outcome =
        DefendCall.onLab(folder.resolve("out"))
            .with("--clean-validation", faces.resolve("validation"))
            .with("--clean-test", faces.resolve("test") + "/")
            .dry()
            .run();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("Images    clean-validation: 1,283 from " + faces.resolve("validation") + "\n")
        .contains("Images    clean-test: 1,283 from " + faces.resolve("test") + "\n");
  }
}
