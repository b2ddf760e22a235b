package backsweep.modelfiles;

import backsweep.keras.GraphReader;
import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import backsweep.keras.ModelConfig;
import backsweep.network.Graph;
import backsweep.network.Node;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the architecture of a model: in its file, or in a file of its own. */
final class FoundArchitecture {

  private FoundArchitecture() {}

  /**
   * The architecture of a model file.
   *
   * @param file the model file
   * @param given a file with what {@code model.to_json()} returned
   * @throws MissingArchitectureException if there is none
   * @throws KerasFileException if there are two that differ
   */
  static ModelConfig of(ModelFile file, Optional<Path> given) {
    Optional<ModelConfig> own =
        file.architecture().map(json -> ModelConfig.parse(json, file.path().toString()));
    Optional<ModelConfig> other =
        given.map(
            path -> ModelConfig.parse(FileBytes.text(path, Json.MAXIMUM_LENGTH), path.toString()));
    if (own.isPresent() && other.isPresent()) {
      checkSame(own.get(), other.get());
    }
    return own.or(() -> other).orElseThrow(() -> new MissingArchitectureException(file.path()));
  }

  private static void checkSame(ModelConfig own, ModelConfig given) {
    Graph expected = GraphReader.read(own);
    Graph found = GraphReader.read(given);
    for (int node = 0; node < Math.max(expected.size(), found.size()); node++) {
      String inFile = describe(expected, node);
      String inGiven = describe(found, node);
      if (!inFile.equals(inGiven)) {
        throw new KerasFileException(
            given.where(), "the architecture in " + own.where() + ", there " + inFile, inGiven);
      }
    }
  }

  /** A node as text; the name of the input, which Keras may make up, is left out. */
  private static String describe(Graph graph, int index) {
    if (index >= graph.size()) {
      return "no layer " + index;
    }
    Node node = graph.node(index);
    return index == 0
        ? "an input of shape " + node.shape()
        : "layer %s: %s of %s".formatted(node.name(), node.layer(), node.inputs());
  }
}
