package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what is supported, no more and no less. */
class ReadmeNetworksTest {

  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void listsTheLayersAndActivationsThatAreRead() throws IOException {
    Set<String> layers = new TreeSet<>(row("layers"));
    Set<String> forTraining = row("that only act in training");

    assertThat(layers).doesNotContainAnyElementsOf(forTraining);
    layers.addAll(forTraining);
    assertThat(layers).isEqualTo(LayerCatalog.names());
    assertThat(row("activations")).isEqualTo(ActivationLayers.names());
  }

  /** The names in the row of the table that begins so. */
  private static Set<String> row(String title) throws IOException {
    String start = "| " + title + " |";
    String row =
        Files.readAllLines(Path.of("..", "README.md")).stream()
            .filter(line -> line.startsWith(start))
            .findFirst()
            .orElseThrow();
    return NAME.matcher(row)
        .results()
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
