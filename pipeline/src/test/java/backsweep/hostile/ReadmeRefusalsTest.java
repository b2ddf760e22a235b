package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.RefusedNetworks.Maker;
import backsweep.hostile.RefusedNetworks.Refused;
import backsweep.hostile.Trial.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README says is refused is refused, with the words that it says. */
class ReadmeRefusalsTest {

  private static final String SECTION = "## Hostile files";

  @TempDir private Path folder;

  private static Map<String, Maker> cases() {
    Map<String, Maker> cases = new LinkedHashMap<>(RefusedNetworks.all());
    cases.putAll(RefusedOptions.all());
    cases.putAll(RefusedHdf.all());
    return cases;
  }

  /** What is refused, and words of the reason, of every row of the section's table. */
  private static Map<String, String> rows() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "README.md"));
    int start = lines.indexOf(SECTION) + 1;
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : lines.subList(start, lines.size())) {
      if (line.startsWith("## ")) {
        break;
      }
      String[] cells = line.split("\\|", -1);
      if (cells.length == 4 && cells[2].strip().startsWith("`")) {
        assertThat(rows).doesNotContainKey(cells[1].strip());
        rows.put(cells[1].strip(), cells[2].strip().replace("`", ""));
      }
    }
    return rows;
  }

  static Set<String> refused() throws IOException {
    return rows().keySet();
  }

  @Test
  void everyRowHasACaseAndEveryCaseARow() throws IOException {
    assertThat(refused()).hasSizeGreaterThan(40).isEqualTo(cases().keySet());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedInTheseWords(String what) throws IOException {
    Refused refused = cases().get(what).in(folder);
    try (Trial trial = new Trial()) {
      Outcome outcome = trial.read(refused.subject(), refused.file(), refused.sound());

      assertThat(outcome.isRead()).isFalse();
      assertThat(outcome.refusal()).hasMessageContaining(rows().get(what));
    }
  }
}
