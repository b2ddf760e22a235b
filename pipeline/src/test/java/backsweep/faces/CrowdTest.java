package backsweep.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrowdTest {

  private static final double FAR = 1000;

  private static double least(List<Identity> people) {
    return IntStream.range(0, people.size())
        .mapToDouble(
            one ->
                people.subList(0, one).stream()
                    .mapToDouble(other -> people.get(one).distance(other, FAR))
                    .min()
                    .orElse(FAR))
        .min()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, -3})
  void keepsAsManyPeopleApartAsTheLabsHave(long seed) {
    assertThat(least(Crowd.of(1283, new Seed(seed)))).isGreaterThanOrEqualTo(Crowd.LEAST_DISTANCE);
  }

  @Test
  void keepsAFewPeopleFartherApartThanMany() {
    assertThat(least(Crowd.of(40, new Seed(1))))
        .isGreaterThan(least(Crowd.of(400, new Seed(1))) + 1);
  }

  @Test
  void beginsWithThoseOfASmallerOne() {
    assertThat(Crowd.of(60, new Seed(5)).subList(0, 20)).isEqualTo(Crowd.of(20, new Seed(5)));
    assertThat(Crowd.of(20, new Seed(6))).isNotEqualTo(Crowd.of(20, new Seed(5)));
  }

  @Test
  void hasAsManyPeopleAsItSays() {
    Matcher most = Pattern.compile("at most (\\d+) identities").matcher(refusal(100_000));
    assertThat(most.find()).isTrue();
    int people = Integer.parseInt(most.group(1));

    assertThat(Crowd.of(people, new Seed(1))).hasSize(people);
    assertThatThrownBy(() -> Crowd.of(people + 1, new Seed(1)))
        .isInstanceOf(TooManyIdentitiesException.class)
        .hasMessageEndingWith("; found " + (people + 1));
  }

  private static String refusal(int people) {
    try {
      Crowd.of(people, new Seed(1));
      return "none";
    } catch (TooManyIdentitiesException e) {
      return e.getMessage();
    }
  }

  @Test
  void distancesAreThoseOfASpace() {
    List<Identity> people = Crowd.of(12, new Seed(9));
    for (Identity one : people) {
      assertThat(one.distance(one, FAR)).isZero();
      for (Identity other : people) {
        double distance = one.distance(other, FAR);
        assertThat(other.distance(one, FAR)).isCloseTo(distance, within(1e-9));
        assertThat(one.distance(other, 3)).isEqualTo(Math.min(3, distance));
        for (Identity third : people) {
          assertThat(one.distance(third, FAR) + third.distance(other, FAR))
              .isGreaterThanOrEqualTo(distance - 1e-9);
        }
      }
    }
  }

  @Test
  void kindsAreAsFarApartAsTheirTraitHasSteps() {
    assertThat(Trait.BEARD.steps(0, 0.3)).as("both have none").isZero();
    assertThat(Trait.BEARD.steps(0, 0.95)).isEqualTo(4);
    assertThat(Trait.JAW.steps(0.25, 0.75)).isEqualTo(2);
  }
}
