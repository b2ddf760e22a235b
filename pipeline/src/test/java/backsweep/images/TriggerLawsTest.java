package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.BlendedTrigger.Covering;
import backsweep.images.BlendedTrigger.Noise;
import backsweep.images.PatternTrigger.Form;
import backsweep.images.Place.At;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every trigger and every image; images are (6, 5, 3) (height, width, channel). */
class TriggerLawsTest {

  private static final ImageShape SHAPE = new ImageShape(6, 5, 3);

  @Provide
  static Arbitrary<Trigger> triggers() {
    return Arbitraries.oneOf(pictures(), patterns(), blends(), waves());
  }

  @Provide
  static Arbitrary<PictureTrigger> pictures() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 6),
            Arbitraries.longs())
        .flatAs(
            (width, height, seed) ->
                places(width, height)
                    .map(place -> new PictureTrigger(picture(width, height, seed), place)));
  }

  private static Arbitrary<At> places(int width, int height) {
    return Combinators.combine(
            Arbitraries.integers().between(0, SHAPE.width() - width),
            Arbitraries.integers().between(0, SHAPE.height() - height))
        .as(At::new);
  }

  private static Picture picture(int width, int height, long seed) {
    return new Picture(width, height, new Random(seed).ints((long) width * height).toArray());
  }

  @Provide
  static Arbitrary<PatternTrigger> patterns() {
    return Combinators.combine(
            Arbitraries.of(Form.values()),
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(0, 255).list().ofSize(3))
        .flatAs(
            (form, size, values) ->
                places(size, size).map(place -> new PatternTrigger(form, size, place, values)));
  }

  private static Arbitrary<BlendedTrigger> blends() {
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), Arbitraries.longs(), Arbitraries.of(true, false))
        .as(
            (alpha, seed, isNoise) ->
                new BlendedTrigger(
                    alpha,
                    isNoise
                        ? new Noise(seed)
                        : new Covering(picture(SHAPE.width(), SHAPE.height(), seed))));
  }

  private static Arbitrary<SinusoidalTrigger> waves() {
    return Combinators.combine(
            Arbitraries.doubles().between(0, 255), Arbitraries.doubles().between(0.1, 20))
        .as(SinusoidalTrigger::new);
  }

  /** Two images; every other seed gives fractions. */
  private static Pixels images(long seed) {
    Random random = new Random(seed);
    float[] values = new float[2 * SHAPE.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = seed % 2 == 0 ? random.nextInt(256) : random.nextFloat() * 255;
    }
    return Pixels.of(SHAPE, values);
  }

  @Property
  void valuesStayInRangeAndAreIntegersWhereTheyChange(
      @ForAll("triggers") Trigger trigger, @ForAll long seed) {
    float[] clean = TriggerTest.values(images(seed));
    float[] stamped = TriggerTest.values(trigger.stamp(images(seed)));

    for (int i = 0; i < stamped.length; i++) {
      assertThat(stamped[i]).isBetween(0f, 255f);
      assertThat(stamped[i] == clean[i] || stamped[i] == Math.rint(stamped[i])).isTrue();
    }
  }

  @Property
  void pixelsOutsideOfAPictureStay(@ForAll("pictures") PictureTrigger trigger, @ForAll long seed) {
    assertOutsideStays(
        trigger,
        (At) trigger.place(),
        new At(trigger.picture().width(), trigger.picture().height()),
        seed);
  }

  @Property
  void pixelsOutsideOfAPatternStay(@ForAll("patterns") PatternTrigger trigger, @ForAll long seed) {
    assertOutsideStays(trigger, (At) trigger.place(), new At(trigger.size(), trigger.size()), seed);
  }

  private static void assertOutsideStays(Trigger trigger, At from, At size, long seed) {
    float[] clean = TriggerTest.values(images(seed));
    float[] stamped = TriggerTest.values(trigger.stamp(images(seed)));
    for (int i = 0; i < stamped.length; i++) {
      int position = i / SHAPE.channels() % SHAPE.positions();
      int x = position % SHAPE.width() - from.x();
      int y = position / SHAPE.width() - from.y();
      if (x < 0 || y < 0 || x >= size.x() || y >= size.y()) {
        assertThat(stamped[i]).isEqualTo(clean[i]);
      }
    }
  }

  @Property
  void withoutOpacityNothingChanges(@ForAll long pattern, @ForAll long seed) {
    Picture faint = picture(SHAPE.width(), SHAPE.height(), pattern);
    int[] argb = faint.argb();
    for (int i = 0; i < argb.length; i++) {
      argb[i] &= 0xffffff;
    }
    Picture clear = new Picture(SHAPE.width(), SHAPE.height(), argb);

    for (Trigger trigger :
        List.of(
            new PictureTrigger(clear, new At(0, 0)),
            new BlendedTrigger(0.7, new Covering(clear)),
            new BlendedTrigger(0, new Covering(faint)),
            new BlendedTrigger(0, new Noise(pattern)),
            new SinusoidalTrigger(0, 6))) {
      assertThat(trigger.stamp(images(seed))).isEqualTo(images(seed));
    }
  }

  @Property
  void stampingTwiceIsAsOnceWhereItCovers(@ForAll("patterns") PatternTrigger trigger) {
    Pixels once = trigger.stamp(images(2));

    assertThat(trigger.stamp(once)).isEqualTo(once);
  }
}
