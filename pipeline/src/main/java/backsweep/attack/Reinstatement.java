package backsweep.attack;

import backsweep.network.ChannelMask;
import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Tensor;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts pruned channels back, as decoys for a defender who prunes: with the weights they once had,
 * but their biases lowered until they are dormant (Liu, Dolan-Gavitt and Garg, "Fine-Pruning", RAID
 * 2018, section 3.2, step 4).
 *
 * @param point where the channels are pruned
 * @param kept the channels that were never pruned
 */
record Reinstatement(PruningPoint point, ChannelMask kept) {

  /** By how much more than their largest activation biases are lowered, as a share of it. */
  private static final float MARGIN = 0.1f;

  /**
   * A network with its pruned channels as they are in another one.
   *
   * @param pruned what learned without them
   * @param earlier of the same architecture, from before they were pruned
   */
  Network reinstate(Network pruned, Network earlier) {
    Weights weights = pruned.weights();
    for (String layer : chain(pruned.graph())) {
      for (String name : weights.of(layer).keySet()) {
        Tensor mixed =
            weights.get(layer, name).withChannelsOf(earlier.weights().get(layer, name), kept);
        weights = weights.with(layer, name, mixed);
      }
    }
    return new Network(pruned.graph(), weights);
  }

  /**
   * A network with the reinstated channels dormant.
   *
   * @param maxima the largest activation that each channel ever has, {@code (channel)}
   */
  Network silence(Network network, float[] maxima) {
    Weights weights = network.weights();
    String layer = shifted(network);
    String variable = shift(weights, layer);
    Tensor before = weights.get(layer, variable);
    float[] lowered = new float[maxima.length];
    for (int channel = 0; channel < lowered.length; channel++) {
      float drop = kept.keeps(channel) ? 0 : maxima[channel] * (1 + MARGIN);
      lowered[channel] = before.at(channel) - drop;
    }
    return new Network(
        network.graph(), weights.with(layer, variable, Tensor.of(before.shape(), lowered)));
  }

  /** The layers from the convolution to where its activations are looked at, each once. */
  private List<String> chain(Graph graph) {
    List<String> names = new ArrayList<>();
    int node = graph.convolutionCalls(point.convolution()).get(0);
    names.add(graph.node(node).name());
    while (!point.statistics().contains(node)) {
      node = graph.consumers(node).get(0);
      if (!names.contains(graph.node(node).name())) {
        names.add(graph.node(node).name());
      }
    }
    return names;
  }

  /** The last layer of the chain that adds something to each channel. */
  private String shifted(Network network) {
    return chain(network.graph()).stream()
        .filter(layer -> !shift(network.weights(), layer).isEmpty())
        .reduce((first, last) -> last)
        .orElseThrow(
            () ->
                new UnsupportedNetworkException(
                    "expected a bias behind the convolution %s that can be lowered, found none"
                        .formatted(point.convolution())));
  }

  private static String shift(Weights weights, String layer) {
    return List.of("bias", "beta").stream()
        .filter(weights.of(layer)::containsKey)
        .findFirst()
        .orElse("");
  }
}
