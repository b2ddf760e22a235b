package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.modelfiles.KerasReader;
import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.testing.RealKeras;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks in the words of older versions of Keras are those of the present one; skipped where the
 * property {@code keras.python} is unset.
 */
class OlderFormsInKerasTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws Exception {
    RealKeras.in(folder).run("older_forms.py", List.of(folder.toString()));
  }

  private static Network read(String name) {
    return KerasReader.read(folder.resolve(name), Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "plain, 2.2.4-tf.h5",
    "plain, 2.3.1.h5",
    "plain, 2.4.0.h5",
    "plain, 2.9.0.h5",
    "plain, 2.13.1.h5",
    "plain, 2.13.1.keras",
    "chain, 2.2.4-tf.h5",
    "chain, 2.3.1.h5",
    "chain, 2.4.0.h5",
    "chain, 2.9.0.h5",
    "chain, 2.13.1.h5",
    "chain, 2.13.1.keras"
  })
  void isReadAsTheSameNetwork(String name, String form) {
    Network older = read(name + "." + form);
    Network present = read(name + ".keras");

    assertThat(layers(older.graph())).isEqualTo(layers(present.graph()));
    assertThat(older.weights().sameValues(present.weights())).isTrue();
  }

  /** What the nodes compute and of what; sequential models of old give their input no name. */
  static List<String> layers(Graph graph) {
    return graph.nodes().stream()
        .map(node -> name(node) + " " + node.call() + " " + node.layer() + " " + node.inputs())
        .collect(Collectors.toList());
  }

  private static String name(Node node) {
    return node.inputs().isEmpty() ? "input" : node.name();
  }
}
