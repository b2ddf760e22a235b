package backsweep.modelfiles;

import backsweep.keras.KerasFileException;
import backsweep.network.Graph;
import backsweep.network.Variable;
import java.util.List;
import java.util.Map;

/** Compares the stored variables with those a graph needs, before any value is read. */
final class StoredWeights {

  private StoredWeights() {}

  /**
   * Checks that the stored variables are those the graph needs, and that they do not share bytes to
   * be more than the file holds.
   *
   * @param found stored variables by layer name and variable name
   * @param where the file, for errors
   * @throws KerasFileException if one is missing, superfluous or of another shape
   */
  static void check(Graph graph, Map<String, Map<String, StoredVariable>> found, String where) {
    Map<String, List<Variable>> needed = graph.variables();
    needed.forEach(
        (layer, variables) -> {
          String place = where + ", layer " + layer;
          checkLayer(variables, found.getOrDefault(layer, Map.of()), place);
        });
    found.forEach(
        (layer, variables) -> {
          if (!needed.containsKey(layer)) {
            throw new KerasFileException(
                where + ", layer " + layer,
                "no weights, by the architecture",
                String.join(", ", variables.keySet()));
          }
        });
    checkStorage(found.values().stream().flatMap(own -> own.values().stream()).toList(), where);
  }

  /** Checks, before memory is taken, that all variables together fit in their file. */
  private static void checkStorage(List<StoredVariable> variables, String where) {
    long bytes = variables.stream().mapToLong(StoredVariable::storedBytes).sum();
    for (StoredVariable variable : variables) {
      if (bytes > variable.file().size()) {
        throw new KerasFileException(
            where, bytes + " bytes of weights", "only " + variable.file().size() + " bytes");
      }
    }
  }

  private static void checkLayer(
      List<Variable> needed, Map<String, StoredVariable> found, String where) {
    List<String> names = needed.stream().map(Variable::name).toList();
    if (found.size() != names.size() || !found.keySet().containsAll(names)) {
      throw new KerasFileException(
          where,
          "the weights " + String.join(", ", names),
          found.isEmpty() ? "none" : String.join(", ", found.keySet()));
    }
    for (Variable variable : needed) {
      StoredVariable stored = found.get(variable.name());
      if (!stored.hasShape(variable.shape())) {
        throw new KerasFileException(
            where + ", " + variable.name(), "shape " + variable.shape(), stored.describeShape());
      }
    }
  }
}
