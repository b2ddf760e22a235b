package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are the same on every machine. */
class TextsTest {

  @Test
  void whatIsPutInIsNoFormat() {
    assertThat(Texts.of("%s of %,d", "100 %n", 1283)).isEqualTo("100 %n of 1,283");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1st",
    "2, 2nd",
    "3, 3rd",
    "4, 4th",
    "11, 11th",
    "12, 12th",
    "13, 13th",
    "20, 20th",
    "21, 21st",
    "22, 22nd",
    "111, 111th",
    "1283, '1,283rd'"
  })
  void placesHaveTheirEndings(int place, String text) {
    assertThat(Texts.ordinal(place)).isEqualTo(text);
  }
}
