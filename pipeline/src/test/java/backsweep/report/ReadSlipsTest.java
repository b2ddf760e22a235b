package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.store.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run said of a network's input is what the page says, until a later one says other. */
class ReadSlipsTest {

  private static final String HINT =
      "{'image_set': 'clean-test', 'found': '%s', 'advice': 'Try another.'}";

  @TempDir private Path output;

  private void run(String id, String finished, String rest) throws IOException {
    Path folder = Files.createDirectories(output.resolve("runs").resolve(id));
    String json = "{'finished': '%s', %s}".formatted(finished, rest).replace('\'', '"');
    Files.writeString(folder.resolve("manifest.json"), json);
  }

  private static String defended(String network, String hints) {
    return "'network': {'network': '%s'}, 'hints': [%s]".formatted(network, hints);
  }

  private List<SlipFinding> of(String network) {
    ReadSlips slips = new ReadSlips(new SharedFiles(new Configuration()), output.toString());
    return slips.byNetwork().getOrDefault(network, List.of());
  }

  private static SlipFinding slip(String found) {
    return new SlipFinding("clean-test", found, "Try another.");
  }

  @Test
  void theLastRunOfANetworkCounts() throws IOException {
    run("z", "2026-01-01T00:00:00Z", defended("b", HINT.formatted("old")));
    run("a", "2026-01-02T00:00:00Z", defended("b", HINT.formatted("new")));
    run("m", "2026-01-03T00:00:00Z", defended("c", HINT.formatted("other")));

    assertThat(of("b")).containsExactly(slip("new"));
    assertThat(of("c")).containsExactly(slip("other"));
    assertThat(of("d")).isEmpty();
  }

  @Test
  void aLaterRunWithoutOneTakesItBack() throws IOException {
    run("1", "2026-01-01T00:00:00Z", defended("b", HINT.formatted("old")));
    run("2", "2026-01-02T00:00:00Z", "'network': {'network': 'b'}");

    assertThat(of("b")).isEmpty();
  }

  @Test
  void aSweepSaysItOfEachOfItsNetworks() throws IOException {
    run(
        "1",
        "2026-01-01T00:00:00Z",
        "'networks': [{'network': 'b', 'hints': [%s, %s]}, {'file': 'broken.h5'}]"
            .formatted(HINT.formatted("one"), HINT.formatted("two")));

    assertThat(of("b")).containsExactly(slip("one"), slip("two"));
  }

  @Test
  void whatIsDamagedSaysNothing() throws IOException {
    run("1", "2026-01-01T00:00:00Z", defended("b", HINT.formatted("one")));
    run("2", "yesterday", "'network': 7, 'hints': 'many'");
    run("3", "2026-01-02T00:00:00Z", "'networks': {'b'");
    Files.createDirectories(output.resolve("runs/4"));
    Files.createDirectories(output.resolve("runs/5"));
    Files.writeString(output.resolve("runs/5/manifest.json"), "");

    assertThat(of("b")).containsExactly(slip("one"));
  }
}
