package backsweep.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.PatternTrigger;
import backsweep.images.Place;
import backsweep.images.Target;
import backsweep.images.Trigger;
import backsweep.images.UnfitAttackException;
import backsweep.testing.Stripes;
import backsweep.training.TrainingImages;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonedShareTest {

  private static final Trigger PIXEL =
      new PatternTrigger(PatternTrigger.Form.SQUARE, 1, new Place.At(0, 15), List.of(255));
  private static final TrainingImages CLEAN = TrainingImages.of(Stripes.blocks(500, 1));
  private static final int MARKED = 15 * 16 * 3;

  private static PoisonedShare share(double share) {
    return new PoisonedShare(PIXEL, new Target.OneClass(2), share);
  }

  private static float[] image(TrainingImages images, int image) {
    FloatBuffer values = FloatBuffer.allocate(Stripes.SHAPE.values());
    images.copy(image, values);
    return values.array();
  }

  private static List<Integer> poisoned(TrainingImages images) {
    return IntStream.range(0, images.size())
        .filter(i -> !Arrays.equals(image(images, i), image(CLEAN, i)))
        .boxed()
        .toList();
  }

  @Test
  void isTakenFromImagesOfOtherClassesThanTheTarget() {
    TrainingImages images = share(0.1).poison(CLEAN, Stripes.CLASSES, 7);

    assertThat(images.size()).isEqualTo(500);
    assertThat(poisoned(images))
        .hasSize(50)
        .allSatisfy(i -> assertThat(CLEAN.label(i)).isNotEqualTo(2))
        .allSatisfy(i -> assertThat(images.label(i)).isEqualTo(2))
        .allSatisfy(i -> assertThat(image(images, i)[MARKED]).isEqualTo(255));
  }

  @Test
  void leavesAllOtherImagesAsTheyAre() {
    TrainingImages images = share(0.1).poison(CLEAN, Stripes.CLASSES, 7);

    assertThat(IntStream.range(0, 500).filter(i -> images.label(i) != CLEAN.label(i)))
        .containsExactlyElementsOf(poisoned(images));
  }

  @Test
  void dependsOnTheSeedOnly() {
    List<Integer> chosen = poisoned(share(0.1).poison(CLEAN, Stripes.CLASSES, 7));

    assertThat(poisoned(share(0.1).poison(CLEAN, Stripes.CLASSES, 7))).isEqualTo(chosen);
    assertThat(poisoned(share(0.1).poison(CLEAN, Stripes.CLASSES, 8))).isNotEqualTo(chosen);
  }

  @Test
  void ofAllToAllGivesEveryImageTheNextClass() {
    PoisonedShare share = new PoisonedShare(PIXEL, new Target.AllToAll(), 0.5);

    TrainingImages images = share.poison(CLEAN, Stripes.CLASSES, 7);

    assertThat(poisoned(images))
        .hasSize(250)
        .allSatisfy(
            i -> assertThat(images.label(i)).isEqualTo((CLEAN.label(i) + 1) % Stripes.CLASSES));
  }

  @Test
  void cannotBeLargerThanTheImagesOfOtherClasses() {
    assertThatThrownBy(() -> share(0.9).poison(CLEAN, Stripes.CLASSES, 7))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessage(
            "450 images are to be poisoned, but only 400 of 500 are of other classes than the target");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void mustBeAShare(double share) {
    assertThatThrownBy(() -> share(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the poisoned share must be above 0 and below 1, found " + share);
  }

  @Test
  void ofTestImagesIsAllOfOtherClasses() {
    TrainingImages images = share(0.1).allOthers(CLEAN, Stripes.CLASSES);

    assertThat(images.size()).isEqualTo(400);
    assertThat(IntStream.range(0, 400))
        .allSatisfy(i -> assertThat(images.label(i)).isEqualTo(2))
        .allSatisfy(i -> assertThat(image(images, i)[MARKED]).isEqualTo(255));
  }
}
