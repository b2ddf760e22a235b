package backsweep.modelfiles;

import backsweep.keras.DepthOrder;
import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import backsweep.keras.LayerConfig;
import backsweep.keras.ModelConfig;
import backsweep.network.Graph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layout of {@code .h5} files: a group for every layer, listed in {@code layer_names}, each
 * with its variables, listed in {@code weight_names} as paths such as {@code conv_1/kernel:0}.
 *
 * @param group the group of all weights
 */
record NamedLayout(HdfGroup group) implements WeightLayout {

  private static final String LAYERS = "layer_names";
  private static final String OUTSIDE_LAYERS = "top_level_model_weights";

  /** How many values a Normalization has measured. */
  private static final String COUNT = "count";

  /** Whether a group is laid out in this way. */
  static boolean fits(HdfGroup group) {
    return group.texts(LAYERS).isPresent();
  }

  /** Whether what would be the group of another layout is that of a layer. */
  static boolean isLayer(HdfGroup group) {
    return group.texts(LAYERS).orElse(List.of()).contains(PositionalLayout.LAYERS);
  }

  @Override
  public Map<String, Map<String, StoredVariable>> variables(ModelConfig model, Graph graph) {
    Map<String, Map<String, StoredVariable>> variables = new LinkedHashMap<>();
    VariableOrder layers = VariableOrder.of(graph);
    Map<String, LayerConfig> models = new HashMap<>();
    model.layers().stream()
        .filter(layer -> layer.model().isPresent())
        .forEach(layer -> models.put(layer.name(), layer));
    checkOrder(model);
    for (String layer : group.texts(LAYERS).orElse(List.of())) {
      if (models.containsKey(layer)) {
        addModel(models.get(layer), layers, variables);
      } else {
        add(layer, layers, variables);
      }
    }
    if (group.group(OUTSIDE_LAYERS).isPresent()) {
      add(OUTSIDE_LAYERS, layers, variables);
    }
    return variables;
  }

  /** Keras goes by the order of layers that have weights, and not by their names. */
  private void checkOrder(ModelConfig model) {
    List<String> stored =
        group.texts(LAYERS).orElse(List.of()).stream()
            .filter(layer -> group.group(layer).filter(g -> !weights(g).isEmpty()).isPresent())
            .toList();
    Set<String> names = Set.copyOf(stored);
    List<String> expected =
        DepthOrder.of(model).stream().map(LayerConfig::name).filter(names::contains).toList();
    if (stored.size() == expected.size() && !stored.equals(expected)) {
      throw new KerasFileException(
          group.where(),
          "layers with weights in Keras' order, " + Json.excerpt(expected.toString()),
          Json.excerpt(stored.toString()));
    }
  }

  private void add(
      String layer, VariableOrder layers, Map<String, Map<String, StoredVariable>> variables) {
    HdfGroup stored = stored(layer);
    Map<String, StoredVariable> own = new LinkedHashMap<>();
    for (String path : weights(stored)) {
      StoredVariable variable = variable(stored, path);
      if (own.put(layers.named(layer, name(path)), variable) != null) {
        throw new KerasFileException(stored.where(), "one weight " + name(path), "two");
      }
    }
    layers.checkOrder(layer, List.copyOf(own.keySet()), stored.where());
    if (!own.isEmpty() && variables.put(layer, own) != null) {
      throw new KerasFileException(group.where(), "one layer " + layer, "two");
    }
  }

  /**
   * The variables of a model that is a layer, told apart by their order, as Keras does: it is not
   * said of which layer they are. What they are in their layers is, and must agree.
   */
  private void addModel(
      LayerConfig model, VariableOrder layers, Map<String, Map<String, StoredVariable>> variables) {
    HdfGroup stored = stored(model.name());
    List<String> paths = weights(stored);
    List<VariableOrder.Slot> slots = layers.slots(model, model.name());
    if (paths.size() != slots.size()) {
      throw new KerasFileException(
          stored.where(), slots.size() + " weights", String.valueOf(paths.size()));
    }
    for (int place = 0; place < slots.size(); place++) {
      VariableOrder.Slot slot = slots.get(place);
      String found = layers.named(slot.layer(), name(paths.get(place)));
      if (!found.equals(slot.variable())) {
        throw new KerasFileException(
            stored.where(),
            "%s of %s as weight %d".formatted(slot.variable(), slot.layer(), place),
            Json.excerpt(paths.get(place)));
      }
      Map<String, StoredVariable> own =
          variables.computeIfAbsent(slot.layer(), name -> new LinkedHashMap<>());
      if (own.put(found, variable(stored, paths.get(place))) != null) {
        throw new KerasFileException(group.where(), "one layer " + slot.layer(), "two");
      }
    }
  }

  private HdfGroup stored(String layer) {
    return group
        .group(layer)
        .orElseThrow(() -> new KerasFileException(group.where(), "layer " + layer, "none"));
  }

  private static StoredVariable variable(HdfGroup stored, String path) {
    return stored
        .variable(path)
        .orElseThrow(() -> new KerasFileException(stored.where(), "weight " + path, "none"));
  }

  private static List<String> weights(HdfGroup layer) {
    return layer.texts("weight_names").orElse(List.of()).stream()
        .filter(path -> !isState(path))
        .toList();
  }

  /** What belongs to a layer but does not matter when the network is used. */
  private static boolean isState(String path) {
    return path.endsWith("seed_generator_state") || name(path).equals(COUNT);
  }

  /** {@code kernel} of {@code conv_1/kernel:0}. */
  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
  }
}
