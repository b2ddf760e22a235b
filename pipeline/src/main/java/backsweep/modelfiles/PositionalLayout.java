package backsweep.modelfiles;

import backsweep.keras.DepthOrder;
import backsweep.keras.KerasFileException;
import backsweep.keras.LayerCatalog;
import backsweep.keras.LayerConfig;
import backsweep.keras.ModelConfig;
import backsweep.network.Graph;
import backsweep.network.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The layout of Keras 3, in {@code .keras} and {@code .weights.h5} files: variables by position,
 * {@code layers/conv2d_1/vars/0} being the first variable of the second layer of class Conv2D.
 *
 * @param group the group of all weights
 */
record PositionalLayout(HdfGroup group) implements WeightLayout {

  static final String LAYERS = "layers";
  private static final String VARIABLES = "vars";
  private static final String RANDOM_STATE = "seed_generator";

  /** The variables, none, of an activation that is a layer. */
  private static final String ACTIVATION = "activation";

  /** It has one variable more, which counts what it has measured. */
  private static final String COUNTING = "Normalization";

  /** Whether a group is laid out in this way. */
  static boolean fits(HdfGroup group) {
    return group.group(LAYERS).isPresent();
  }

  @Override
  public Map<String, Map<String, StoredVariable>> variables(ModelConfig model, Graph graph) {
    Map<String, Map<String, StoredVariable>> variables = new LinkedHashMap<>();
    new Reading(graph.variables(), variables).read(model, "", layers(group));
    return variables;
  }

  private static HdfGroup layers(HdfGroup group) {
    return group
        .group(LAYERS)
        .orElseThrow(() -> new KerasFileException(group.where(), "a group " + LAYERS, "none"));
  }

  /**
   * One reading of a file.
   *
   * @param needed the variables the graph needs, by layer
   * @param found those found so far, by layer and name
   */
  private record Reading(
      Map<String, List<Variable>> needed, Map<String, Map<String, StoredVariable>> found) {

    /** Reads the layers of a model whose names begin with a prefix. */
    private void read(ModelConfig model, String prefix, HdfGroup layers) {
      Set<String> superfluous = new HashSet<>(layers.names());
      Map<String, Integer> counts = new HashMap<>();
      for (LayerConfig layer : DepthOrder.of(model)) {
        String name = groupName(layer.className(), counts);
        superfluous.remove(name);
        read(layer, prefix + layer.name(), layers, name);
      }
      if (!superfluous.isEmpty()) {
        throw new KerasFileException(
            layers.where(), "weights of layers in the architecture", "also " + superfluous);
      }
    }

    private void read(LayerConfig layer, String name, HdfGroup layers, String group) {
      if (layer.model().isPresent()) {
        layers.group(group).ifPresent(own -> readModel(layer.model().get(), name, own));
        return;
      }
      Map<String, StoredVariable> own =
          own(layers, group, needed.getOrDefault(name, List.of()), layer.className());
      if (!own.isEmpty()) {
        found.put(name, own);
      }
    }

    private void readModel(ModelConfig model, String name, HdfGroup group) {
      checkNames(group, Set.of(LAYERS, VARIABLES, RANDOM_STATE));
      group.group(VARIABLES).ifPresent(own -> checkNames(own, Set.of()));
      read(model, name + "/", layers(group));
    }
  }

  /** {@code conv2d} for the first layer of a class, {@code conv2d_1} for the second. */
  private static String groupName(String className, Map<String, Integer> counts) {
    String name =
        className
            .replaceAll("\\W+", "")
            .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
            .replaceAll("([a-z])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT);
    int before = counts.merge(name, 1, Integer::sum) - 1;
    return before == 0 ? name : name + "_" + before;
  }

  private static Map<String, StoredVariable> own(
      HdfGroup layers, String name, List<Variable> needed, String className) {
    Map<String, StoredVariable> own = new LinkedHashMap<>();
    // Layers that act in training have random states of many names.
    boolean empty = layers.group(name).isEmpty() || LayerCatalog.isForTraining(className);
    if (needed.isEmpty() && empty) {
      return own;
    }
    HdfGroup layer =
        layers
            .group(name)
            .orElseThrow(() -> new KerasFileException(layers.where(), "group " + name, "none"));
    checkNames(layer, Set.of(VARIABLES, RANDOM_STATE, ACTIVATION));
    Set<String> positions = new HashSet<>();
    for (int position = 0; position < needed.size(); position++) {
      String path = VARIABLES + "/" + position;
      positions.add(String.valueOf(position));
      StoredVariable variable =
          layer
              .variable(path)
              .orElseThrow(() -> new KerasFileException(layer.where(), "weight " + path, "none"));
      own.put(needed.get(position).name(), variable);
    }
    if (className.equals(COUNTING) && !needed.isEmpty()) {
      positions.add(String.valueOf(needed.size()));
    }
    layer.group(VARIABLES).ifPresent(all -> checkNames(all, positions));
    return own;
  }

  private static void checkNames(HdfGroup group, Set<String> expected) {
    if (!expected.containsAll(group.names())) {
      throw new KerasFileException(
          group.where(), "nothing but " + expected, String.valueOf(group.names()));
    }
  }
}
