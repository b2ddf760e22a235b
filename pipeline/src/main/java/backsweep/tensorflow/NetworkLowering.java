package backsweep.tensorflow;

import backsweep.network.Flatten;
import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Lowers nodes of one network into one graph. */
final class NetworkLowering {

  private final Ops tf;
  private final Network network;
  private final LiveChannels live;
  private final LoweringMode mode;

  /** Lowers for inference: every variable becomes a constant, once. */
  NetworkLowering(Ops tf, Network network) {
    this(tf, network, LiveChannels.all(tf, network.graph()));
  }

  /** Lowers for inference with some channels left out. */
  NetworkLowering(Ops tf, Network network, LiveChannels live) {
    this(tf, network, live, new ConstantWeights(tf));
  }

  private NetworkLowering(Ops tf, Network network, LiveChannels live, LoweringMode mode) {
    this.tf = tf;
    this.network = network;
    this.live = live;
    this.mode = mode;
  }

  /** Lowers in another mode, such as that of training. */
  static NetworkLowering in(LoweringMode mode, Ops tf, Network network) {
    return new NetworkLowering(tf, network, LiveChannels.all(tf, network.graph()), mode);
  }

  /**
   * The outputs of nodes, computed from those that are known, changed where the change says.
   *
   * @param wanted the nodes whose outputs are needed
   * @param known nodes whose outputs, not changed yet, are there; what leads to them is left out
   * @return the output of every wanted node, changed if it is
   */
  Map<Integer, Operand<TFloat32>> lower(
      Collection<Integer> wanted, Map<Integer, Operand<TFloat32>> known, ChannelChange change) {
    Graph graph = network.graph();
    boolean[] needed = needed(wanted, known);
    Map<Integer, Operand<TFloat32>> values = new HashMap<>();
    for (int index = 0; index < graph.size(); index++) {
      if (needed[index]) {
        Node node = graph.node(index);
        Operand<TFloat32> value = known.containsKey(index) ? known.get(index) : lower(node, values);
        values.put(index, change.apply(index, value, node.shape()));
      }
    }
    values.keySet().retainAll(wanted);
    return values;
  }

  private boolean[] needed(Collection<Integer> wanted, Map<Integer, Operand<TFloat32>> known) {
    boolean[] needed = new boolean[network.graph().size()];
    wanted.forEach(node -> needed[node] = true);
    for (int node = needed.length - 1; node >= 0; node--) {
      if (needed[node] && !known.containsKey(node)) {
        network.graph().node(node).inputs().forEach(input -> needed[input] = true);
      }
    }
    return needed;
  }

  private Operand<TFloat32> lower(Node node, Map<Integer, Operand<TFloat32>> values) {
    List<Shape> shapes =
        node.inputs().stream().map(input -> network.graph().node(input).shape()).toList();
    LoweringPlace place =
        new LoweringPlace(
            tf,
            node.inputs().stream().map(values::get).toList(),
            shapes,
            network.weights().of(node.name()),
            tensor -> variable(node, tensor));
    if (live.feeds(node) && node.layer() instanceof Flatten) {
      return live.flatten(node, place.input());
    }
    return mode.lower(node, place);
  }

  private Operand<TFloat32> variable(Node node, Tensor tensor) {
    Operand<TFloat32> variable = mode.variable(tensor);
    return live.feeds(node) ? live.variable(node, tensor.shape().rank(), variable) : variable;
  }
}
