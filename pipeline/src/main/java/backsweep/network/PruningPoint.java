package backsweep.network;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a network is pruned: the convolution whose channels go, where its mask stands, and the
 * layer whose activations rank the channels.
 *
 * <p>Pruning a channel sets its kernel and bias to 0, so the convolution gives 0 there. The mask
 * may stand later, behind layers that act per channel and keep 0 at 0; it stands as late as it may,
 * so that as little as possible is computed behind it.
 *
 * @param convolution the name of the convolution
 * @param channels its output channels
 * @param statisticsLayer the name of the layer whose activations are averaged
 * @param statistics that layer's output nodes, one a call
 * @param cut the graph cut where the mask stands
 */
public record PruningPoint(
    String convolution, int channels, String statisticsLayer, List<Integer> statistics, Cut cut)
    implements Serializable {

  /** Copies the list. */
  public PruningPoint {
    statistics = List.copyOf(statistics);
  }

  /**
   * The pruning point at a convolution.
   *
   * @param layer the convolution's name; by default {@link PruningLayer#choose}
   * @param statisticsLayer a layer with as many channels as the convolution; by default the last
   *     layer of the chain behind the convolution, which ends at the first branch or at the first
   *     layer that does not act per channel, or the convolution itself where the chain is empty
   * @throws UnknownLayerException if a name is not that of such a layer
   * @throws UnsupportedNetworkException if the network has no convolution
   */
  public static PruningPoint of(
      Network network, Optional<String> layer, Optional<String> statisticsLayer) {
    Graph graph = network.graph();
    String convolution = layer.orElseGet(() -> PruningLayer.choose(graph));
    List<Integer> calls = graph.convolutionCalls(convolution);
    if (calls.isEmpty()) {
      throw UnknownLayerException.convolution(graph, convolution);
    }
    int channels = graph.node(calls.get(0)).shape().channels();
    List<List<Integer>> consumers = graph.consumers();
    List<Integer> masks =
        calls.stream()
            .map(call -> chainEnd(consumers, call, next -> keepsZero(network, graph.node(next))))
            .toList();
    List<Integer> statistics =
        statisticsLayer
            .map(name -> namedStatistics(graph, name, channels))
            .orElseGet(
                () ->
                    calls.stream()
                        .map(call -> chainEnd(consumers, call, next -> actsPerChannel(graph, next)))
                        .toList());
    String name =
        String.join("+", statistics.stream().map(n -> graph.node(n).name()).distinct().toList());
    return new PruningPoint(convolution, channels, name, statistics, Cut.behind(graph, masks));
  }

  private static boolean actsPerChannel(Graph graph, int node) {
    return graph.node(node).layer().actsPerChannel();
  }

  private static boolean keepsZero(Network network, Node node) {
    return node.layer().actsPerChannel()
        && node.layer().keepsZero(network.weights().of(node.name()));
  }

  /** The last node behind a node up to the first branch or the first that does not continue. */
  private static int chainEnd(
      List<List<Integer>> consumers, int start, Predicate<Integer> continues) {
    int end = start;
    while (consumers.get(end).size() == 1 && continues.test(consumers.get(end).get(0))) {
      end = consumers.get(end).get(0);
    }
    return end;
  }

  private static List<Integer> namedStatistics(Graph graph, String name, int channels) {
    List<String> choices =
        graph.layerNames().stream().filter(layer -> hasChannels(graph, layer, channels)).toList();
    if (!choices.contains(name)) {
      throw new UnknownLayerException("layer of " + channels + " channels", name, choices);
    }
    return graph.outputsOf(name);
  }

  private static boolean hasChannels(Graph graph, String layer, int channels) {
    Stream<Node> outputs = graph.outputsOf(layer).stream().map(graph::node);
    return outputs.allMatch(node -> node.shape().channels() == channels);
  }
}
