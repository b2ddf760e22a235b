package backsweep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.evaluation.ActivationShift.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerEffectTest {

  /** From a mean of 10 that deviates by 1 to one that is so much more and deviates by 1. */
  private static ActivationShift rise(double rise) {
    return shift(10, 1, 10 + rise, 1);
  }

  private static ActivationShift shift(
      double clean, double cleanDeviation, double poisoned, double poisonedDeviation) {
    return new ActivationShift(
        new Level(clean, cleanDeviation), new Level(poisoned, poisonedDeviation));
  }

  private static TriggerEffect of(double... rises) {
    return new TriggerEffect(DoubleStream.of(rises).mapToObj(TriggerEffectTest::rise).toList());
  }

  private static TriggerEffect of(ActivationShift... shifts) {
    return new TriggerEffect(Arrays.asList(shifts));
  }

  @Test
  void effectIsInPooledStandardDeviations() {
    assertThat(rise(2).rise()).isEqualTo(2);
    assertThat(rise(2).effect()).isCloseTo(2, within(1e-12));
    assertThat(shift(1, 1, 6, 7).effect()).isCloseTo(1, within(1e-12));
    assertThat(shift(6, 7, 1, 1).effect()).isCloseTo(-1, within(1e-12));
    assertThat(shift(0, 0, 3, 3).effect()).isCloseTo(Math.sqrt(2), within(1e-12));
  }

  @Test
  void effectOfWhatNeverDiffersIsNoneOrWithoutBounds() {
    assertThat(shift(0, 0, 0, 0).effect()).isZero();
    assertThat(shift(4, 0, 4, 0).effect()).isZero();
    assertThat(shift(0, 0, 3, 0).effect()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(shift(1, 1, Double.POSITIVE_INFINITY, Double.NaN).effect()).isNaN();
  }

  @Test
  void outliersAreDrivenThatRiseMostFirst() {
    assertThat(of(0.1, -0.2, 5, 0, 0.2, -0.1, 9, 0.3).driven()).containsExactly(6, 2);
  }

  /** Of the rises -2, -1, 0, 1, 2 and one more the median is 0.5, that of the differences 1.5. */
  @Test
  void theScoreIsTheModifiedOneOfIglewiczAndHoaglin() {
    double limit = 0.5 + 3.5 * 1.5 / 0.6745;

    assertThat(of(-2, -1, 0, 1, 2, limit + 0.01).driven()).containsExactly(5);
    assertThat(of(-2, -1, 0, 1, 2, limit - 0.01).driven()).isEmpty();
  }

  @Test
  void anOutlierOfLittleEffectIsNotDriven() {
    assertThat(of(0.001, -0.002, 0.79, 0, 0.002).driven()).isEmpty();
    assertThat(of(0.001, -0.002, 0.81, 0, 0.002).driven()).containsExactly(2);
  }

  @Test
  void whatFallsIsNotDriven() {
    assertThat(of(0.1, -0.2, -50, 0, 0.2).driven()).isEmpty();
  }

  @Test
  void whereAllRiseAlikeNoneStandsOut() {
    assertThat(of(5, 5, 5, 5).driven()).isEmpty();
    assertThat(of(5, 6, 7, 8).driven()).isEmpty();
  }

  /** Their rise of 0 would be the median, and every other rise an outlier. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 500})
  void dormantChannelsDoNotCount(int dormant) {
    List<ActivationShift> channels = new ArrayList<>(of(5, 6, 7, 8).channels());
    channels.addAll(Collections.nCopies(dormant, shift(0, 0, 0, 0)));
    assertThat(new TriggerEffect(channels).driven()).isEmpty();

    channels.add(rise(70));
    assertThat(new TriggerEffect(channels).driven()).containsExactly(4 + dormant);
  }

  @Test
  void aChannelThatOnlyTheTriggerWakesIsDrivenWhereItDoesSoAsARule() {
    ActivationShift always = shift(0, 0, 9, 3);
    ActivationShift seldom = shift(0, 0, 9, 30);

    assertThat(of(rise(0.1), rise(-0.1), always, rise(0.2), seldom, rise(0)).driven())
        .containsExactly(2);
  }

  @Test
  void whatIsNotFiniteIsLeftOut() {
    ActivationShift infinite = shift(1, 1, Double.POSITIVE_INFINITY, Double.NaN);
    ActivationShift unknown = shift(1, 1, Double.NaN, Double.NaN);

    assertThat(of(infinite, rise(0.1), unknown, rise(-0.1), rise(9), rise(0)).driven())
        .containsExactly(4);
    assertThat(of(infinite, unknown).driven()).isEmpty();
    assertThat(new TriggerEffect(List.of()).driven()).isEmpty();
  }
}
