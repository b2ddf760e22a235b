package backsweep.network;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a network takes to run one image: a few numbers in its architecture can ask for more memory
 * than any machine has, so it is known before anything runs.
 */
public final class Footprint {

  /** The most values a layer may answer for one image: 128 MiB of float32. */
  public static final int MOST_OF_A_LAYER = 1 << 25;

  /** The most values all layers together may answer for one image: 8 GiB of float32. */
  public static final long MOST_OF_ALL = 1L << 31;

  /** The most bytes of weights: TensorFlow reads a graph, which holds them, of 2 GiB at most. */
  public static final long MOST_OF_WEIGHTS = (1L << 31) - (1 << 26);

  private Footprint() {}

  /** The bytes that all weights of a graph take: four for every value. */
  public static long weightBytes(Graph graph) {
    return graph.variables().values().stream()
        .flatMap(List::stream)
        .mapToLong(variable -> (long) Float.BYTES * variable.shape().size())
        .sum();
  }

  /**
   * Checks what all layers of a graph answer for one image, and what their weights take.
   *
   * @param where the file it is from, for errors
   * @throws UnsupportedNetworkException if it is too much
   */
  public static void check(Graph graph, String where) {
    long all = 0;
    for (Node node : graph.nodes()) {
      all += node.shape().size();
      if (node.layer() instanceof DepthwiseConvolution depthwise) {
        checkDilated(depthwise, graph.node(node.inputs().get(0)).shape(), where, node.name());
      }
      if (node.shape().size() > MOST_OF_A_LAYER) {
        throw new UnsupportedNetworkException(
            "%s, layer %s: expected at most %d values for an image, found an output of shape %s"
                .formatted(where, node.name(), MOST_OF_A_LAYER, node.shape()));
      }
    }
    if (all > MOST_OF_ALL) {
      throw new UnsupportedNetworkException(
          "%s: expected layers with at most %d values for an image in all, found %d"
              .formatted(where, MOST_OF_ALL, all));
    }
    if (weightBytes(graph) > MOST_OF_WEIGHTS) {
      throw new UnsupportedNetworkException(
          "%s: expected at most %d bytes of weights as float32, found %d"
              .formatted(where, MOST_OF_WEIGHTS, weightBytes(graph)));
    }
  }

  /**
   * About the most values that are in memory at a time while a part of a graph runs for one image.
   * Layers run in the order of the nodes; an output stays until the last layer that takes it has
   * run, what is known from the start, what is wanted to the end. While a layer runs, its inputs
   * and its output are there twice: it may take its inputs in another order, and is several
   * operations, such as a convolution and its bias. At the end what is wanted is there three times,
   * as where it is summed in double precision. Weights do not count.
   *
   * @param known nodes whose outputs are given; what leads to them does not run
   * @param wanted nodes whose outputs are asked for
   */
  public static long peak(Graph graph, Collection<Integer> known, Collection<Integer> wanted) {
    int[] lastUse = lastUses(graph, known, wanted);
    long[] freed = new long[graph.size() + 1];
    long live = values(graph, known);
    long peak = 0;
    for (int index = 0; index < graph.size(); index++) {
      boolean isKnown = known.contains(index);
      if (lastUse[index] >= 0) {
        freed[lastUse[index]] += graph.node(index).shape().size();
      }
      if (lastUse[index] >= 0 && !isKnown) {
        long own = graph.node(index).shape().size();
        peak = Math.max(peak, live + values(graph, graph.node(index).inputs()) + 2 * own);
        live += own;
      }
      live -= freed[index];
    }
    return Math.max(peak, live + 2 * values(graph, wanted));
  }

  /** The last node that takes each node's output; behind all for what is wanted, -1 for unused. */
  private static int[] lastUses(
      Graph graph, Collection<Integer> known, Collection<Integer> wanted) {
    int[] last = new int[graph.size()];
    Arrays.fill(last, -1);
    wanted.forEach(node -> last[node] = graph.size());
    for (int index = graph.size() - 1; index >= 0; index--) {
      if (last[index] >= 0 && !known.contains(index)) {
        for (int input : graph.node(index).inputs()) {
          last[input] = Math.max(last[input], index);
        }
      }
    }
    return last;
  }

  private static long values(Graph graph, Collection<Integer> nodes) {
    return nodes.stream().mapToLong(node -> graph.node(node).shape().size()).sum();
  }

  /** Its kernel runs with zeros in the place of its dilation. */
  private static void checkDilated(
      DepthwiseConvolution layer, Shape input, String where, String name) {
    double rows = 1.0 + (layer.window().height() - 1.0) * layer.rowDilation();
    double columns = 1.0 + (layer.window().width() - 1.0) * layer.columnDilation();
    double values = rows * columns * input.channels() * layer.multiplier();
    if (values > MOST_OF_A_LAYER) {
      throw new UnsupportedNetworkException(
          "%s, layer %s: expected a dilated kernel of at most %d values, found %.0f"
              .formatted(where, name, MOST_OF_A_LAYER, values));
    }
  }
}
