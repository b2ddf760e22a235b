package backsweep.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of {@code model.layers} in Keras, for which the order of layers in a file is of no
 * matter: by depth, the number of layers on the longest way to the output, from the deepest; layers
 * of one depth in the order in which a search from the output finds them.
 *
 * <p>Keras gives a layer the weights at its place in this order, whatever their name: in any other
 * order it would swap the weights of branches that look the same.
 */
final class DepthOrder {

  private final List<LayerCall> calls;
  private final Set<Integer> inputsFirst = new LinkedHashSet<>();
  private final Map<String, Integer> found = new HashMap<>();

  private DepthOrder(List<LayerCall> calls) {
    this.calls = calls;
  }

  /**
   * The names of the layers in Keras' order.
   *
   * @param calls all calls, each after those whose output it takes; the last one is the output
   */
  static List<String> of(List<LayerCall> calls) {
    DepthOrder order = new DepthOrder(calls);
    order.search(calls.size() - 1);
    Map<String, Integer> depths = order.depths();
    return depths.keySet().stream()
        .sorted(
            Comparator.<String>comparingInt(depths::get)
                .reversed()
                .thenComparingInt(order.found::get))
        .toList();
  }

  private void search(int call) {
    if (!inputsFirst.contains(call)) {
      found.putIfAbsent(calls.get(call).name(), found.size());
      calls.get(call).inputs().forEach(this::search);
      inputsFirst.add(call);
    }
  }

  /** The depth of every layer; a call is at least as deep as calls of its layer behind it. */
  private Map<String, Integer> depths() {
    int[] depths = new int[calls.size()];
    Map<String, Integer> layers = new HashMap<>();
    List<Integer> order = new ArrayList<>(inputsFirst);
    for (int place = order.size() - 1; place >= 0; place--) {
      LayerCall call = calls.get(order.get(place));
      int depth = layers.merge(call.name(), depths[order.get(place)], Math::max);
      call.inputs().forEach(input -> depths[input] = Math.max(depths[input], depth + 1));
    }
    return layers;
  }
}
