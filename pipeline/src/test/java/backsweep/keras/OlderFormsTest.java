package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.Graph;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The architectures of {@link OlderFormsInKerasTest}, kept with the tests. */
class OlderFormsTest {

  private static Graph read(String name) throws IOException {
    return SmallModels.graph(Files.readString(SmallModels.path("older/" + name + ".json")));
  }

  @ParameterizedTest
  @CsvSource({
    "plain, 2.2.4-tf",
    "plain, 2.3.1",
    "plain, 2.4.0",
    "plain, 2.9.0",
    "plain, 2.13.1",
    "chain, 2.2.4-tf",
    "chain, 2.3.1",
    "chain, 2.4.0",
    "chain, 2.9.0",
    "chain, 2.13.1"
  })
  void isReadAsTheSameGraph(String name, String form) throws IOException {
    Graph older = read(name + "." + form);
    Graph present = read(name);

    assertThat(OlderFormsInKerasTest.layers(older))
        .isEqualTo(OlderFormsInKerasTest.layers(present));
    assertThat(older.variables()).isEqualTo(present.variables());
  }
}
