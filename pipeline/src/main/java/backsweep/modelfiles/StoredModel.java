package backsweep.modelfiles;

import backsweep.keras.GraphReader;
import backsweep.keras.ModelConfig;
import backsweep.network.Footprint;
import backsweep.network.Graph;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Network;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model of which it is known what it computes and where each of its variables is stored; no value
 * has been read yet.
 *
 * @param file the model's file
 * @param graph its architecture
 * @param variables the stored variables by layer name and variable name: those that the graph
 *     needs, of the shapes it needs, and no others
 */
record StoredModel(
    ModelFile file, Graph graph, Map<String, Map<String, StoredVariable>> variables) {

  /** Opens a model file; the parameters are those of {@link KerasReader#read}. */
  static StoredModel open(Path path, Optional<Path> architecture) {
    ModelFile file = ModelFile.open(path);
    ModelConfig config = FoundArchitecture.of(file, architecture);
    Graph graph = GraphReader.read(config);
    Footprint.check(graph, path.toString());
    HdfGroup weights = file.weights(graph);
    Map<String, Map<String, StoredVariable>> found =
        WeightLayout.of(weights).variables(config, graph);
    StoredWeights.check(graph, found, path.toString());
    return new StoredModel(file, graph, found);
  }

  /** The network, all its values read. */
  Network network() {
    Map<String, Map<String, Tensor>> values = new LinkedHashMap<>();
    variables.forEach(
        (layer, stored) -> {
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          stored.forEach((name, variable) -> tensors.put(name, variable.read()));
          values.put(layer, tensors);
        });
    try {
      return new Network(graph, new Weights(values));
    } catch (InvalidNetworkException e) {
      throw new InvalidNetworkException(file.path() + ": " + e.getMessage(), e);
    }
  }
}
