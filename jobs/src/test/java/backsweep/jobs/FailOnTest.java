package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailOnTest {

  @ParameterizedTest
  @CsvSource({
    "any, 3, 0",
    "any, 2, 1",
    "any, 0, 1",
    "all, 3, 0",
    "all, 2, 0",
    "all, 1, 0",
    "all, 0, 1",
    "never, 3, 0",
    "never, 1, 0",
    "never, 0, 0"
  })
  void setsTheCode(String choice, int done, int code) {
    assertThat(FailOn.CHOICES).hasSize(3);
    assertThat(FailOn.CHOICES.get(choice).end(done, 3).number()).isEqualTo(code);
  }
}
