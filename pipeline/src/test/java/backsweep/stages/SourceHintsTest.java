package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageLayout;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.Role;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceHintsTest {

  private static final int CLASSES = 10;
  private static final int SEVERAL = -1;

  private static ImageSource source(
      Role role, String path, String hash, int images, int onlyLabel) {
    String name =
        switch (role) {
          case CLEAN_VALIDATION -> ImageSet.CLEAN_VALIDATION;
          case CLEAN_TEST -> ImageSet.CLEAN_TEST;
          case FINE_TUNING -> ImageSet.FINE_TUNING;
          case POISONED -> "square";
        };
    ImageSet set = new ImageSet(name, role, hash.repeat(32), images, new ImageShape(4, 4, 3));
    return new ImageSource(
        set, path, new SourceKind.Hdf5(set.sha256(), ImageLayout.NCHW), false, onlyLabel);
  }

  private static ImageSource validation(String path, int images, int onlyLabel) {
    return source(Role.CLEAN_VALIDATION, path, "aa", images, onlyLabel);
  }

  private static ImageSource test(String path, String hash) {
    return source(Role.CLEAN_TEST, path, hash, 100, SEVERAL);
  }

  private static ImageSource poisoned(int onlyLabel) {
    return source(Role.POISONED, "square.h5", "cc", 100, onlyLabel);
  }

  private static List<String> hints(ImageSource... sources) {
    return SourceHints.of(List.of(sources), CLASSES).stream().map(Slip::text).toList();
  }

  @Test
  void setsAsTheyShouldBeGiveNone() {
    assertThat(
            hints(validation("cl/valid.h5", 100, SEVERAL), test("cl/test.h5", "bb"), poisoned(0)))
        .isEmpty();
  }

  @Test
  void aCleanSetOfOneClassMayBePoisoned() {
    assertThat(hints(validation("bd_valid.h5", 11547, 0)))
        .containsExactly(
            "clean-validation: all 11,547 images of bd_valid.h5 are labelled 0. Is it a poisoned"
                + " set? Those go to --poisoned NAME=PATH; a clean set has images of all classes.");
  }

  /** Three have one class by chance once in a hundred, five once in ten thousand. */
  @ParameterizedTest
  @CsvSource({"1, 0", "3, 0", "5, 1"})
  void aFewImagesOfOneClassMayBeChance(int images, int hints) {
    assertThat(hints(validation("v.h5", images, 7))).hasSize(hints);
  }

  @Test
  void aPoisonedSetOfSeveralClassesMayHaveNoTargets() {
    assertThat(hints(validation("v.h5", 100, SEVERAL), poisoned(SEVERAL)))
        .singleElement()
        .asString()
        .startsWith("square: the images of square.h5 have several labels. Labels of poisoned")
        .contains("--target CLASS");
  }

  @Test
  void aPoisonedSetThatKnowsWhatItShowsMayBeAllToAll() {
    ImageSource known = poisoned(SEVERAL);
    ImageSource allToAll = new ImageSource(known.set(), known.path(), known.kind(), true, SEVERAL);
    assertThat(hints(validation("v.h5", 100, SEVERAL), allToAll)).isEmpty();
  }

  @Test
  void theSameImagesForBothAreNoTest() {
    assertThat(hints(validation("one.h5", 100, SEVERAL), test("two.h5", "aa")))
        .containsExactly(
            "clean-test: two.h5 has the same images as one.h5, the clean validation set. Steps are"
                + " chosen by these: give other images to --clean-test, or none.");
  }

  @ParameterizedTest
  @CsvSource({
    "cl/test.h5, cl/valid.h5, 1",
    "cl/test.h5, other.h5, 1",
    "other.h5, hdfs://h/faces-validation/, 1",
    "faces_test/, , 1",
    "X_TEST.h5, x_val.h5, 1",
    "cl/valid.h5, cl/test.h5, 0",
    "test/valid.h5, test/test.h5, 0",
    "valid-and-test.h5, test-and-valid.h5, 0",
    "latest.h5, interval.h5, 0",
  })
  void namesTellSetsThatAreSwapped(String validation, String test, int hints) {
    ImageSource first = validation(validation, 100, SEVERAL);
    assertThat(test == null ? hints(first) : hints(first, test(test, "bb")))
        .hasSize(hints)
        .allSatisfy(hint -> assertThat(hint).contains("Are validation and test images swapped?"));
  }

  @Test
  void labelsAreOneOrSeveral() {
    assertThat(ImageSource.onlyLabel(IntStream.of(7, 7, 7))).isEqualTo(7);
    assertThat(ImageSource.onlyLabel(IntStream.of(7, 7, 0))).isEqualTo(SEVERAL);
  }
}
