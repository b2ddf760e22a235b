package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainProgressTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final FakeClock clock = new FakeClock();
  private final PlainProgress progress =
      new PlainProgress(
          new PrintStream(printed, true, StandardCharsets.UTF_8), Duration.ofSeconds(10), clock);

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aStageThatIsOverHasOneLine() {
    progress.begin("curves", 37_207);
    progress.advance(256);
    clock.passMillis(8_800);
    progress.advance(37_207);
    progress.end();
    assertThat(lines()).containsExactly("curves: 37,207 images in 8.8 s (4,228 images/s)");
  }

  @Test
  void linesOfALongStageAreAnIntervalApart() {
    progress.begin("curves", 100_000);
    for (int second = 1; second <= 25; second++) {
      clock.passMillis(1_000);
      progress.advance(second * 1_000L);
    }
    assertThat(lines())
        .containsExactly(
            "curves: 10 %, 10,000/100,000 images, 1,000 images/s, 90 s left",
            "curves: 20 %, 20,000/100,000 images, 1,000 images/s, 80 s left");
  }

  @Test
  void theIntervalBeginsWithTheStage() {
    progress.begin("statistics", 512);
    clock.passMillis(9_000);
    progress.end();
    progress.begin("curves", 512);
    clock.passMillis(9_000);
    progress.advance(256);
    assertThat(lines()).containsExactly("statistics: 512 images in 9.0 s (57 images/s)");
  }

  @Test
  void whileNothingIsDoneNothingIsForetold() {
    progress.begin("curves", 512);
    clock.passMillis(10_000);
    progress.advance(0);
    assertThat(lines()).containsExactly("curves: 0 %, 0/512 images");
  }

  @Test
  void aStageWithoutImagesIsDone() {
    progress.begin("curves", 0);
    clock.passMillis(10_000);
    progress.advance(0);
    progress.end();
    assertThat(lines()).containsExactly("curves: 100 %, 0/0 images", "curves: 0 images in 10.0 s");
  }

  @Test
  void aStageThatTookNoTimeHasNoRate() {
    progress.begin("curves", 512);
    progress.end();
    assertThat(lines()).containsExactly("curves: 512 images in 0.0 s");
  }

  @Test
  void aStageThatFailedHasNoLastLine() {
    progress.begin("curves", 512);
    clock.passMillis(9_000);
    progress.fail();
    assertThat(lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10   | 2000000  | 1000000  | 100,000 images/s  | 10 s left
          10   | 1001000  | 1000000  | 100,000 images/s  | 1 s left
          10   | 10000000 | 1000000  | 100,000 images/s  | 90 s left
          10   | 1100     | 100      | 10 images/s       | 1 min 40 s left
          3600 | 3000     | 1000     | 0.3 images/s      | 2 h 00 min left
          """)
  void timesAreSaidInTheUnitsThatPeopleUse(
      long seconds, long images, long done, String rate, String left) {
    progress.begin("curves", images);
    clock.pass(Duration.ofSeconds(seconds));
    progress.advance(done);
    assertThat(lines().get(0)).endsWith(" images, " + rate + ", " + left);
  }
}
