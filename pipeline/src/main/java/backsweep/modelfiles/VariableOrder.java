package backsweep.modelfiles;

import backsweep.keras.DepthOrder;
import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import backsweep.keras.LayerConfig;
import backsweep.network.Graph;
import backsweep.network.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * In which order Keras writes the variables of a model that is a layer: those of all its layers
 * that are trained, then the others, layer by layer in each; of a model that is not trained, all of
 * them layer by layer, whatever its layers say.
 *
 * @param needed the variables that the graph needs, by layer name
 */
record VariableOrder(Map<String, List<Variable>> needed) {

  /**
   * A variable and where it belongs.
   *
   * @param layer the layer's name, with those of the models around it
   * @param variable its name
   */
  record Slot(String layer, String variable) {}

  /** Of the variables of this graph. */
  static VariableOrder of(Graph graph) {
    return new VariableOrder(graph.variables());
  }

  /**
   * The variables of a model in the order in which they are written.
   *
   * @param name the model's name, with those of the models around it
   */
  List<Slot> slots(LayerConfig model, String name) {
    List<Slot> slots = new ArrayList<>();
    collect(model, name, true, slots);
    collect(model, name, false, slots);
    return slots;
  }

  private void collect(LayerConfig layer, String name, boolean trained, List<Slot> slots) {
    if (layer.model().isPresent() && !layer.isTrainable()) {
      if (!trained) {
        collectAll(layer, name, slots);
      }
      return;
    }
    if (layer.model().isPresent()) {
      for (LayerConfig inner : DepthOrder.of(layer.model().get())) {
        collect(inner, name + "/" + inner.name(), trained, slots);
      }
      return;
    }
    for (Variable variable : needed.getOrDefault(name, List.of())) {
      boolean isTrained = layer.isTrainable() && isTrained(variable.name());
      if (isTrained == trained) {
        slots.add(new Slot(name, variable.name()));
      }
    }
  }

  private void collectAll(LayerConfig layer, String name, List<Slot> slots) {
    layer
        .model()
        .ifPresent(
            model ->
                DepthOrder.of(model)
                    .forEach(inner -> collectAll(inner, name + "/" + inner.name(), slots)));
    for (Variable variable : needed.getOrDefault(name, List.of())) {
      slots.add(new Slot(name, variable.name()));
    }
  }

  private static boolean isTrained(String variable) {
    return switch (variable) {
      case "moving_mean", "moving_variance", "mean", "variance" -> false;
      default -> true;
    };
  }

  /**
   * Checks that the variables of a layer come in Keras' order: it goes by that, and not by their
   * names.
   */
  void checkOrder(String layer, List<String> stored, String where) {
    List<String> expected =
        needed.getOrDefault(layer, List.of()).stream()
            .map(Variable::name)
            .filter(stored::contains)
            .toList();
    if (stored.size() == expected.size() && !stored.equals(expected)) {
      throw new KerasFileException(
          where, "weights in Keras' order, " + expected, Json.excerpt(stored.toString()));
    }
  }

  /**
   * What a variable of a layer is called here that Keras calls so: in a separable convolution and
   * in a depthwise one, in Keras 3, the kernel has another name.
   */
  String named(String layer, String stored) {
    List<String> names =
        needed.getOrDefault(layer, List.of()).stream().map(Variable::name).toList();
    if (stored.equals("pointwise_kernel") && names.contains("kernel")) {
      return "kernel";
    }
    boolean depthwise = names.contains("depthwise_kernel") && !names.contains("kernel");
    return depthwise && stored.equals("kernel") ? "depthwise_kernel" : stored;
  }
}
