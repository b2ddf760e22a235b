package backsweep.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
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
public final class DepthOrder {

  private final List<Call> calls;
  private final Set<Integer> inputsFirst = new LinkedHashSet<>();
  private final Map<String, Integer> found = new HashMap<>();

  private DepthOrder(List<Call> calls) {
    this.calls = calls;
  }

  /**
   * A call of a layer.
   *
   * @param layer its name
   * @param inputs the calls whose outputs it takes, by their place in the list of all calls
   */
  public record Call(String layer, List<Integer> inputs) {

    /** Copies the inputs. */
    public Call {
      inputs = List.copyOf(inputs);
    }
  }

  /** A call whose inputs are looked at. */
  private record Visit(int call, Iterator<Integer> inputs) {}

  /**
   * The names of the layers in Keras' order.
   *
   * @param calls all calls, each after those whose output it takes; the last one is the output
   */
  public static List<String> of(List<Call> calls) {
    return of(calls, calls.size() - 1);
  }

  /** The layers of a model that lead to its output, in Keras' order. */
  public static List<LayerConfig> of(ModelConfig model) {
    CallOrder order = CallOrder.of(model);
    Map<TensorReference, Integer> places = new HashMap<>();
    Map<String, LayerConfig> layers = new HashMap<>();
    List<Call> calls = new ArrayList<>();
    for (TensorReference call : order.calls()) {
      places.put(call, calls.size());
      layers.put(call.layer(), order.layer(call));
      calls.add(new Call(call.layer(), order.inputs(call).stream().map(places::get).toList()));
    }
    return of(calls, places.get(model.output())).stream().map(layers::get).toList();
  }

  private static List<String> of(List<Call> calls, int output) {
    DepthOrder order = new DepthOrder(calls);
    order.search(output);
    Map<String, Integer> depths = order.depths();
    return depths.keySet().stream()
        .sorted(
            Comparator.<String>comparingInt(depths::get)
                .reversed()
                .thenComparingInt(order.found::get))
        .toList();
  }

  /** Depth first; without recursion, as files may be as deep as they like. */
  private void search(int output) {
    Deque<Visit> open = new ArrayDeque<>(List.of(visit(output)));
    while (!open.isEmpty()) {
      Visit visit = open.peek();
      if (!visit.inputs().hasNext()) {
        inputsFirst.add(open.pop().call());
      } else {
        int input = visit.inputs().next();
        if (!inputsFirst.contains(input)) {
          open.push(visit(input));
        }
      }
    }
  }

  private Visit visit(int call) {
    found.putIfAbsent(calls.get(call).layer(), found.size());
    return new Visit(call, calls.get(call).inputs().iterator());
  }

  /** The depth of every layer; a call is at least as deep as calls of its layer behind it. */
  private Map<String, Integer> depths() {
    int[] depths = new int[calls.size()];
    Map<String, Integer> layers = new HashMap<>();
    List<Integer> order = new ArrayList<>(inputsFirst);
    for (int place = order.size() - 1; place >= 0; place--) {
      Call call = calls.get(order.get(place));
      int depth = layers.merge(call.layer(), depths[order.get(place)], Math::max);
      call.inputs().forEach(input -> depths[input] = Math.max(depths[input], depth + 1));
    }
    return layers;
  }
}
