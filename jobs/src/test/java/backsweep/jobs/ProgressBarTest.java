package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StatusLine line = new StatusLine(written);
  private final FakeClock clock = new FakeClock();

  private ProgressBar bar(int columns) {
    return new ProgressBar(line, columns, clock);
  }

  /** What a terminal shows after all that was written: a carriage return only moves back. */
  private List<String> screen() {
    List<String> screen = new ArrayList<>();
    for (String row : written.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      StringBuilder shown = new StringBuilder();
      for (String text : row.split("\r", -1)) {
        shown.replace(0, Math.min(text.length(), shown.length()), text);
      }
      screen.add(shown.toString().stripTrailing());
    }
    return screen;
  }

  @Test
  void theLineIsRewritten() {
    ProgressBar bar = bar(100);
    bar.begin("curves", 37_207);
    assertThat(screen()).containsExactly("curves  [" + "-".repeat(30) + "]  0 %  0/37,207 images");
    clock.passMillis(7_500);
    bar.advance(23_040);
    assertThat(screen())
        .containsExactly(
            "curves  [##################------------]  61 %  23,040/37,207 images  3,072 images/s"
                + "  5 s left");
  }

  @Test
  void theEndOfAStageTakesThePlaceOfItsBar() {
    ProgressBar bar = bar(100);
    bar.begin("curves", 37_207);
    clock.passMillis(8_800);
    bar.advance(37_207);
    bar.end();
    bar.begin("verification", 512);
    bar.fail();
    assertThat(screen()).containsExactly("curves: 37,207 images in 8.8 s (4,228 images/s)", "");
  }

  @Test
  void nothingIsForetoldInTheFirstSecond() {
    ProgressBar bar = bar(100);
    bar.begin("curves", 512);
    clock.passMillis(999);
    bar.advance(256);
    assertThat(screen().get(0)).endsWith("]  50 %  256/512 images");
  }

  @Test
  void itIsDrawnFiveTimesASecondAtMost() {
    ProgressBar bar = bar(100);
    bar.begin("curves", 1_000);
    int begun = written.size();
    clock.passMillis(199);
    bar.advance(100);
    assertThat(written.size()).isEqualTo(begun);
    clock.passMillis(1);
    bar.advance(200);
    assertThat(screen().get(0)).endsWith("  20 %  200/1,000 images");
  }

  @Test
  void aHundredPercentIsAll() {
    ProgressBar bar = bar(100);
    bar.begin("curves", 100_000);
    clock.passMillis(500);
    bar.advance(99_999);
    assertThat(screen().get(0)).contains("-]  99 %  ");
  }

  @Test
  void aStageWithoutImagesIsFull() {
    bar(100).begin("curves", 0);
    assertThat(screen()).containsExactly("curves  [" + "#".repeat(30) + "]  100 %  0/0 images");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 90, 100, 200})
  void noLineIsAsWideAsTheTerminal(int columns) {
    ProgressBar bar = bar(columns);
    bar.begin("import clean-validation", 37_207);
    int width = screen().get(0).indexOf(']');
    clock.passMillis(600_000);
    bar.advance(23_040);
    assertThat(screen()).hasSize(1).allSatisfy(row -> assertThat(row).hasSizeLessThan(columns));
    assertThat(screen().get(0).indexOf(']')).isEqualTo(width);
  }

  @Test
  void whereThereIsLittleRoomTheRateIsLeftOut() {
    ProgressBar bar = bar(80);
    bar.begin("import clean-validation", 37_207);
    clock.passMillis(7_500);
    bar.advance(23_040);
    assertThat(screen())
        .containsExactly(
            "import clean-validation  [######----]  61 %  23,040/37,207 images  5 s left");
  }

  @Test
  void whatOthersWriteStandsAboveTheBar() {
    PrintStream err = new PrintStream(line, true, StandardCharsets.UTF_8);
    ProgressBar bar = bar(100);
    bar.begin("curves", 512);
    err.println("WARN a task was lost");
    err.print("half a ");
    clock.passMillis(500);
    bar.advance(256);
    err.println("line");
    clock.passMillis(500);
    bar.advance(512);
    assertThat(screen()).hasSize(3).startsWith("WARN a task was lost", "half a line");
    assertThat(screen().get(2)).startsWith("curves  [####");
  }
}
