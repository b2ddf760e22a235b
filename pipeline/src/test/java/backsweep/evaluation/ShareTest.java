package backsweep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({
    // Newcombe 1998, table I, method 3
    "81, 263, 0.2553, 0.3662, 5e-5",
    "15, 148, 0.0624, 0.1605, 5e-5",
    "0, 20, 0, 0.1611, 5e-5",
    "1, 29, 0.0061, 0.1718, 5e-5",
    // computed apart
    "0, 10, 0, 0.2775327998628892, 1e-14",
    "10, 10, 0.7224672001371107, 1, 1e-14",
    "1, 10, 0.017876213095072896, 0.4041500267952385, 1e-14",
    "5, 10, 0.236593090512564, 0.7634069094874361, 1e-14",
    "0, 1, 0, 0.7934506856227626, 1e-14",
    "284, 289, 0.9601459872166941, 0.992587963514069, 1e-14",
    "12653, 12830, 0.9840354114475358, 0.98808194250538, 1e-14"
  })
  void wilsonInterval(long hits, long of, double low, double high, double tolerance) {
    Share share = new Share(hits, of);

    assertThat(share.lowerBound()).isCloseTo(low, within(tolerance));
    assertThat(share.upperBound()).isCloseTo(high, within(tolerance));
  }

  @Property
  void intervalHoldsTheShareInsideZeroToOne(
      @ForAll @LongRange(min = 1, max = 1_000_000) long of, @ForAll @LongRange(min = 0) long any) {
    Share share = new Share(any % (of + 1), of);
    Share misses = new Share(of - share.hits(), of);

    assertThat(share.lowerBound()).isBetween(0.0, share.fraction());
    assertThat(share.upperBound()).isBetween(share.fraction(), 1.0);
    assertThat(share.upperBound()).isCloseTo(1 - misses.lowerBound(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 33.33333333333333", "0, 7, 0", "7, 7, 100", "9907, 12830, 77.21745908028059"})
  void percentIsAHundredTimesTheFraction(long hits, long of, double percent) {
    assertThat(new Share(hits, of).percent()).isCloseTo(percent, within(1e-12));
    assertThat(new Share(hits, of).fraction()).isCloseTo(percent / 100, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"-1, 3", "4, 3", "0, 0"})
  void impossibleCountsAreRefused(long hits, long of) {
    assertThatThrownBy(() -> new Share(hits, of))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 0 <= hits <= of and of >= 1, found %d of %d", hits, of);
  }

  @ParameterizedTest
  @CsvSource({
    // by the intervals above
    "15, 148, 0.0624, true",
    "15, 148, 0.0623, false",
    "0, 20, 0, true",
    "10, 10, 0.72, false"
  })
  void isAtMostWhatChanceMayHaveDone(long hits, long of, double probability, boolean isAtMost) {
    assertThat(new Share(hits, of).isAtMost(probability)).isEqualTo(isAtMost);
  }

  @Property
  void isAboveOneOtherOnlyWhereTheIntervalsAreApart(
      @ForAll @LongRange(min = 0, max = 500) long one,
      @ForAll @LongRange(min = 0, max = 500) long other) {
    Share first = new Share(one, 500);
    Share second = new Share(other, 500);

    assertThat(first.isAbove(second)).isEqualTo(first.lowerBound() > second.upperBound());
    assertThat(first.isAbove(second) && one <= other).isFalse();
  }
}
