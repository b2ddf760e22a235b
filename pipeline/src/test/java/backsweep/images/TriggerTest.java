package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.BlendedTrigger.Covering;
import backsweep.images.BlendedTrigger.Noise;
import backsweep.images.PatternTrigger.Form;
import backsweep.images.Place.At;
import backsweep.images.Place.Corner;
import backsweep.images.Place.InCorner;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cases computed by hand, of images of one row or few. */
class TriggerTest {

  private static final ImageShape GREY = new ImageShape(3, 4, 1);

  private static int grey(int alpha, int value) {
    return alpha << 24 | value << 16 | value << 8 | value;
  }

  @Test
  void aPictureIsBlendedByItsOpacityAndRounded() {
    Picture picture =
        new Picture(2, 2, new int[] {grey(255, 7), grey(0, 200), grey(51, 100), grey(128, 255)});
    Trigger trigger = new PictureTrigger(picture, new At(1, 1));

    // (1 - 51/255) 10 + 51/255 100 = 28; (1 - 128/255) 10 + 128/255 255 = 132.98
    assertThat(stamped(trigger, GREY, 10))
        .containsExactly(10, 10, 10, 10, 10, 7, 10, 10, 10, 28, 133, 10);
  }

  @Test
  void aPictureInColourKeepsTheOrderOfChannels() {
    Picture picture = new Picture(1, 1, new int[] {0xff010203});
    Trigger trigger = new PictureTrigger(picture, new InCorner(Corner.BOTTOM_RIGHT, 0));

    assertThat(stamped(trigger, new ImageShape(1, 2, 3), 9)).containsExactly(9, 9, 9, 1, 2, 3);
  }

  @Test
  void aSquareStandsInItsCorner() {
    Trigger trigger = square(2, new InCorner(Corner.BOTTOM_RIGHT, 0), 255);
    assertThat(stamped(trigger, GREY, 1))
        .containsExactly(1, 1, 1, 1, 1, 1, 255, 255, 1, 1, 255, 255);

    Trigger topLeft = square(2, new InCorner(Corner.TOP_LEFT, 1), 0);
    assertThat(stamped(topLeft, GREY, 1)).containsExactly(1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1);
    Trigger topRight = square(1, new InCorner(Corner.TOP_RIGHT, 0), 9);
    assertThat(stamped(topRight, GREY, 1)).containsExactly(1, 1, 1, 9, 1, 1, 1, 1, 1, 1, 1, 1);
    Trigger bottomLeft = square(1, new InCorner(Corner.BOTTOM_LEFT, 1), 9);
    assertThat(stamped(bottomLeft, GREY, 1)).containsExactly(1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void aCheckerboardLeavesEveryOtherPixel() {
    Trigger trigger = new PatternTrigger(Form.CHECKERBOARD, 3, new At(1, 0), List.of(255));
    assertThat(stamped(trigger, GREY, 1))
        .containsExactly(1, 255, 1, 255, 1, 1, 255, 1, 1, 255, 1, 255);
  }

  @Test
  void aPatternHasAValueForEachChannel() {
    Trigger trigger = new PatternTrigger(Form.SQUARE, 1, new At(1, 0), List.of(1, 2, 3));
    assertThat(stamped(trigger, new ImageShape(1, 2, 3), 9)).containsExactly(9, 9, 9, 1, 2, 3);
  }

  @Test
  void aBlendMixesThePatternIntoEveryValue() {
    ImageShape row = new ImageShape(1, 3, 1);
    Picture picture = new Picture(3, 1, new int[] {grey(255, 0), grey(255, 255), grey(51, 255)});

    // 0.8 100 + 0.2 p = 80, 131; with a fifth of the opacity 0.96 100 + 0.04 255 = 106.2
    assertThat(stamped(new BlendedTrigger(0.2, new Covering(picture)), row, 100))
        .containsExactly(80, 131, 106);
    // Ties go to the even integer: (101 + 0) / 2 = 50.5, (101 + 255) / 2 = 178
    assertThat(stamped(new BlendedTrigger(0.5, new Covering(picture)), row, 101))
        .startsWith(50, 178);
  }

  @Test
  void noiseIsThatOfItsSeed() {
    ImageShape shape = new ImageShape(2, 3, 3);
    Random random = new Random(42);
    float[] expected = new float[18];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = random.nextInt(256);
    }

    assertThat(stamped(new BlendedTrigger(1, new Noise(42)), shape, 3)).containsExactly(expected);
    assertThat(stamped(new BlendedTrigger(1, new Noise(43)), shape, 3)).isNotEqualTo(expected);
  }

  @Test
  void aWaveRunsAlongTheColumns() {
    Trigger trigger = new SinusoidalTrigger(20, 1);

    // sin(2 pi j / 4) = 0, 1, 0, -1 in every row; rounded, as sin(pi) is not quite 0
    assertThat(stamped(trigger, GREY, 100))
        .containsExactly(100, 120, 100, 80, 100, 120, 100, 80, 100, 120, 100, 80);
    assertThat(stamped(trigger, new ImageShape(1, 4, 1), 250)).containsExactly(250, 255, 250, 230);
    assertThat(stamped(trigger, new ImageShape(1, 4, 1), 5)).containsExactly(5, 25, 5, 0);
    // delta sin(2 pi 1 6 / 9) = -0.866 delta, and twice that far on 0.866 delta
    assertThat(stamped(new SinusoidalTrigger(10, 6), new ImageShape(1, 9, 1), 50))
        .startsWith(50, 41, 59, 50, 41, 59);
  }

  @Test
  void fractionsStayWhereTheTriggerIsNot() {
    ImageShape shape = new ImageShape(1, 2, 1);
    Pixels clean = Pixels.of(shape, new float[] {0.25f, 0.25f});

    Pixels stamped = square(1, new At(0, 0), 255).stamp(clean);

    assertThat(values(stamped)).containsExactly(255, 0.25f);
  }

  @Test
  void everyImageOfManyGetsIt() {
    Pixels clean = Pixels.of(new ImageShape(1, 2, 1), new float[] {1, 2, 3, 4, 5, 6});

    assertThat(values(square(1, new At(1, 0), 0).stamp(clean))).containsExactly(1, 0, 3, 0, 5, 0);
  }

  @Test
  void refusesATriggerThatIsTooLargeOrOutside() {
    refuses(
        square(5, new At(0, 0), 1),
        "expected a trigger no larger than the images, 4 x 3 (width x height), found 5 x 5");
    refuses(
        new PictureTrigger(new Picture(1, 4, new int[4]), new At(0, 0)),
        "expected a trigger no larger than the images, 4 x 3 (width x height), found 1 x 4");
    refuses(
        new PictureTrigger(new Picture(2, 1, new int[2]), new At(3, 2)),
        "expected a trigger inside of the images, 4 x 3 (width x height), found one of 2 x 1 at x ="
            + " 3, y = 2: x can be 0 to 2, y 0 to 2");
    refuses(square(1, new At(-1, 0), 1), "at x = -1, y = 0: x can be 0 to 3, y 0 to 2");
    refuses(square(1, new At(0, 3), 1), "at x = 0, y = 3: x can be 0 to 3, y 0 to 2");
    refuses(square(1, new At(Integer.MAX_VALUE, 0), 1), "at x = 2147483647, y = 0: x can be 0");
    refuses(square(2, new InCorner(Corner.BOTTOM_RIGHT, 2), 1), "2 x 2 at x = 0, y = -1");
    refuses(
        new BlendedTrigger(0.1, new Covering(new Picture(3, 3, new int[9]))),
        "expected a picture as large as the images, 4 x 3 (width x height), found 3 x 3");
  }

  @Test
  void refusesOtherChannels() {
    refuses(
        new PatternTrigger(Form.SQUARE, 1, new At(0, 0), List.of(1, 2, 3)),
        "expected one value or a value for each of the 1 channels, found [1, 2, 3]");
    refuses(
        new PictureTrigger(new Picture(1, 1, new int[] {0xff010203}), new At(0, 0)),
        "expected a grey picture for images of one channel, found a picture in colour");
    assertThatThrownBy(
            () ->
                new PictureTrigger(new Picture(1, 1, new int[1]), new At(0, 0))
                    .on(new ImageShape(2, 2, 4)))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessage("expected images of 1 or 3 channels for a picture, found 4");
  }

  private static void refuses(Trigger trigger, String message) {
    assertThatThrownBy(() -> trigger.on(GREY))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatternTrigger(Form.SQUARE, 0, new At(0, 0), List.of(1)))
        .withMessage("expected a size of at least 1, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatternTrigger(Form.SQUARE, 1, new At(0, 0), List.of(256)))
        .withMessage("expected values from 0 to 255, found [256]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlendedTrigger(Double.NaN, new Noise(1)))
        .withMessage("expected an alpha from 0 to 1, found NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlendedTrigger(1.5, new Noise(1)))
        .withMessage("expected an alpha from 0 to 1, found 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SinusoidalTrigger(-1, 6))
        .withMessage("expected a delta from 0 to 255, found -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SinusoidalTrigger(20, Double.POSITIVE_INFINITY))
        .withMessage("expected a frequency above 0, found Infinity");
  }

  private static Trigger square(int size, Place place, int value) {
    return new PatternTrigger(Form.SQUARE, size, place, List.of(value));
  }

  /** What becomes of an image whose values are all the same. */
  private static float[] stamped(Trigger trigger, ImageShape shape, float value) {
    float[] values = new float[shape.values()];
    Arrays.fill(values, value);
    return values(trigger.stamp(Pixels.of(shape, values)));
  }

  static float[] values(Pixels pixels) {
    float[] values = new float[pixels.images() * pixels.shape().values()];
    pixels.copy(0, pixels.images(), FloatBuffer.wrap(values));
    return values;
  }
}
