package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.Architecture;
import backsweep.network.Graph;
import backsweep.network.Shape;
import backsweep.testing.Fixtures;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The DeepID that is trained here is that of the labs' files. */
class DeepIdFileTest {

  @Test
  void isTheArchitectureOfTheLabs() throws IOException {
    String labs = Files.readString(Fixtures.path("models/deepid.json"));

    Graph graph = Architecture.DEEPID.graph(Shape.of(55, 47, 3), 1283);

    assertThat(graph).isEqualTo(SmallModels.graph(labs));
  }
}
