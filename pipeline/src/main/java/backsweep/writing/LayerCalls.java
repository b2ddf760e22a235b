package backsweep.writing;

import backsweep.keras.DepthOrder;
import backsweep.keras.Refusal;
import backsweep.network.Activate;
import backsweep.network.Graph;
import backsweep.network.Node;
import backsweep.network.UnsupportedNetworkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the calls of Keras layers that the nodes of a graph are. */
final class LayerCalls {

  private final Graph graph;
  private final String where;
  private final List<LayerCall> calls = new ArrayList<>();

  /**
   * For each node the call whose output it is; a node with a fused activation behind it has none.
   */
  private final Map<Integer, Integer> outputs = new HashMap<>();

  private LayerCalls(Graph graph, String where) {
    this.graph = graph;
    this.where = where;
  }

  /**
   * The calls in the order of the nodes.
   *
   * @param where the file that is to be written, for errors
   * @throws UnsupportedNetworkException if the nodes are not those of Keras layers
   */
  static List<LayerCall> of(Graph graph, String where) {
    return new LayerCalls(graph, where).read();
  }

  /** The names of the layers in the order in which Keras takes their weights. */
  static List<String> inKerasOrder(List<LayerCall> calls) {
    return DepthOrder.of(
        calls.stream().map(call -> new DepthOrder.Call(call.name(), call.inputs())).toList());
  }

  private List<LayerCall> read() {
    for (int index = 0; index < graph.size(); index++) {
      if (isFused(index)) {
        fuse(index);
      } else {
        add(index);
      }
    }
    checkCalls();
    return calls;
  }

  /** Whether a node is the activation of the layer whose node is the one before it. */
  private boolean isFused(int index) {
    Node node = graph.node(index);
    return node.layer() instanceof Activate
        && node.inputs().equals(List.of(index - 1))
        && graph.node(index - 1).name().equals(node.name())
        && graph.node(index - 1).call() == node.call();
  }

  private void fuse(int index) {
    int last = calls.size() - 1;
    Activate activation = (Activate) graph.node(index).layer();
    if (calls.get(last).fused().isPresent()) {
      throw refused(graph.node(index).name() + " with two fused activations", "one");
    }
    calls.set(last, calls.get(last).fusedWith(activation.function()));
    outputs.remove(index - 1);
    outputs.put(index, last);
  }

  private void add(int index) {
    Node node = graph.node(index);
    List<Integer> inputs = new ArrayList<>();
    for (int input : node.inputs()) {
      Integer call = outputs.get(input);
      if (call == null) {
        throw refused(
            node.name() + " behind " + graph.node(input).name() + " without its activation",
            "layers that take the whole output of others");
      }
      inputs.add(call);
    }
    outputs.put(index, calls.size());
    calls.add(new LayerCall(node.name(), node.layer(), Optional.empty(), node.call(), inputs));
  }

  private void checkCalls() {
    Map<String, List<LayerCall>> byLayer = new HashMap<>();
    for (LayerCall call : calls) {
      List<LayerCall> earlier = byLayer.computeIfAbsent(call.name(), name -> new ArrayList<>());
      if (call.call() != earlier.size()) {
        throw refused(
            "%s with call %d at place %d".formatted(call.name(), call.call(), earlier.size()),
            "calls counted from 0 in the order of the nodes");
      }
      if (!earlier.isEmpty() && !earlier.get(0).isOfSameLayer(call)) {
        throw refused(call.name() + " that computes something else in each call", "one layer");
      }
      earlier.add(call);
    }
  }

  private UnsupportedNetworkException refused(String layer, String supported) {
    return Refusal.of(where, "the layer " + layer, supported);
  }
}
