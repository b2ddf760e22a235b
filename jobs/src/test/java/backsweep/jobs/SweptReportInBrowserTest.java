package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.testing.Chromium;
import backsweep.testing.OpenPage;
import backsweep.testing.Screen;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that a sweep leaves, in a real browser. */
class SweptReportInBrowserTest {

  /** The page has two digits, the line three. */
  private static final double ROUNDING = 0.0051;

  @TempDir private Path folder;

  @Test
  void itShowsWhatTheSweepPrinted() {
    try (Chromium chromium = Chromium.start()) {
      SweepCall call = SweepCall.withNetworks(folder);
      Path out = folder.resolve("out");
      Outcome outcome =
          call.into(
              out,
              "--network=" + call.file("zoo/*.h5"),
              "--criterion=mean-activation,random",
              "--set=random-orders=2",
              "--progress=none");
      assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();

      OpenPage page = chromium.open(out.resolve("report.html"), Screen.DESK);
      page.picture("report-swept");
      NetworksTable table = new NetworksTable(page);
      List<String> networks = table.cells("network");
      assertThat(networks).hasSize(2);
      for (int row = 0; row < networks.size(); row++) {
        String line = line(outcome, networks.get(row));
        assertThat(Double.parseDouble(table.cells("B: accuracy, %").get(row)))
            .isCloseTo(number(line, "accuracy "), within(ROUNDING));
        assertThat(Double.parseDouble(table.cells("B: attack success, %").get(row)))
            .isCloseTo(number(line, "ASR "), within(ROUNDING));
      }
      assertThat(page.all(".network figure.chart svg")).hasSizeGreaterThanOrEqualTo(2);
      assertThat(page.violations()).isEmpty();
      assertThat(page.requests()).isEmpty();
      assertThat(page.console()).isEmpty();
    }
  }

  private static double number(String line, String before) {
    return Double.parseDouble(line.replaceFirst(".*" + before + "([\\d.]+).*", "$1"));
  }

  private static String line(Outcome outcome, String network) {
    return outcome.out().lines().filter(line -> line.contains(network)).findFirst().orElseThrow();
  }
}
