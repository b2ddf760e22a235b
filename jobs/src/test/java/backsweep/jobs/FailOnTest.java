package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.stages.Failure;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailOnTest {

  private static final SweptNetwork.Measured MEASURED =
      new SweptNetwork.Measured(
          "n-1",
          "1",
          new WorstMeasures(Optional.empty(), Optional.empty(), Optional.empty()),
          List.of());
  private static final Failure FAILURE = new Failure("gradients", "criterion taylor: NaN");

  /** Of networks that are done, that partly failed and that failed. */
  @ParameterizedTest
  @CsvSource({
    "any, 3, 0, 0, 0",
    "any, 2, 0, 1, 1",
    "any, 2, 1, 0, 1",
    "any, 0, 0, 3, 1",
    "all, 3, 0, 0, 0",
    "all, 1, 0, 2, 0",
    "all, 0, 1, 2, 0",
    "all, 0, 3, 0, 0",
    "all, 0, 0, 3, 1",
    "never, 3, 0, 0, 0",
    "never, 1, 1, 1, 0",
    "never, 0, 0, 3, 0"
  })
  void setsTheCode(String choice, int done, int partly, int failed, int code) {
    List<SweptNetwork> networks =
        Stream.of(
                Collections.nCopies(
                    done, new SweptNetwork("n.h5", Optional.of(MEASURED), List.of())),
                Collections.nCopies(
                    partly, new SweptNetwork("n.h5", Optional.of(MEASURED), List.of(FAILURE))),
                Collections.nCopies(
                    failed, new SweptNetwork("n.h5", Optional.empty(), List.of(FAILURE))))
            .flatMap(List::stream)
            .toList();
    assertThat(FailOn.CHOICES).hasSize(3);
    assertThat(FailOn.CHOICES.get(choice).end(networks).number()).isEqualTo(code);
  }
}
