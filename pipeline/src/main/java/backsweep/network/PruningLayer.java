package backsweep.network;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The convolution that is pruned unless a person names another one.
 *
 * <p>It is the last convolution that every path from input to output passes through. Where more
 * than one convolution lies behind that one on some path, as in residual networks whose only such
 * convolution is the stem, it is the last convolution of the longest path instead: most
 * convolutions, then most layers, then the later in file order.
 */
final class PruningLayer {

  /** What a path up to a node has seen; nodes are ordered by convolutions, then layers. */
  private record Path(int convolutions, int layers, int lastConvolution) {

    private static final Comparator<Path> LENGTH =
        Comparator.comparingInt(Path::convolutions)
            .thenComparingInt(Path::layers)
            .thenComparingInt(Path::lastConvolution);

    private Path through(Graph graph, int index) {
      Node node = graph.node(index);
      boolean convolution = node.layer() instanceof Convolution;
      return new Path(
          convolutions + (convolution ? 1 : 0),
          layers + (isFused(graph, node) ? 0 : 1),
          convolution ? index : lastConvolution);
    }

    /** Whether the node is the activation of the layer before it, not a layer of its own. */
    private static boolean isFused(Graph graph, Node node) {
      return node.inputs().size() == 1
          && graph.node(node.inputs().get(0)).name().equals(node.name())
          && graph.node(node.inputs().get(0)).call() == node.call();
    }
  }

  private PruningLayer() {}

  /**
   * The default convolution of a graph.
   *
   * @throws UnsupportedNetworkException if it has none
   */
  static String choose(Graph graph) {
    List<String> convolutions = graph.convolutions();
    if (convolutions.isEmpty()) {
      throw new UnsupportedNetworkException(
          "no convolution to prune: expected at least one Conv2D layer, found "
              + String.join(", ", graph.layerNames()));
    }
    List<String> onEveryPath =
        convolutions.stream().filter(name -> isOnEveryPath(graph, name)).toList();
    if (!onEveryPath.isEmpty()) {
      String last = onEveryPath.get(onEveryPath.size() - 1);
      if (convolutionsBehind(graph, last) <= 1) {
        return last;
      }
    }
    return graph.node(longestPath(graph).lastConvolution()).name();
  }

  private static boolean isOnEveryPath(Graph graph, String convolution) {
    Set<Integer> calls = Set.copyOf(graph.convolutionCalls(convolution));
    boolean[] reached = new boolean[graph.size()];
    reached[0] = true;
    for (int node = 1; node < graph.size(); node++) {
      if (!calls.contains(node)) {
        for (int input : graph.node(node).inputs()) {
          reached[node] |= reached[input];
        }
      }
    }
    return !reached[graph.output()];
  }

  /**
   * The most convolutions on any path behind the last call on it of a convolution that is on every
   * path.
   */
  private static int convolutionsBehind(Graph graph, String convolution) {
    Set<Integer> calls = Set.copyOf(graph.convolutionCalls(convolution));
    int[] behind = new int[graph.size()];
    for (int node = 1; node < graph.size(); node++) {
      if (!calls.contains(node)) {
        for (int input : graph.node(node).inputs()) {
          behind[node] = Math.max(behind[node], behind[input]);
        }
        behind[node] += graph.node(node).layer() instanceof Convolution ? 1 : 0;
      }
    }
    return behind[graph.output()];
  }

  /** The longest path from input to output. */
  private static Path longestPath(Graph graph) {
    Path[] longest = new Path[graph.size()];
    longest[0] = new Path(0, 0, -1).through(graph, 0);
    for (int node = 1; node < graph.size(); node++) {
      int index = node;
      longest[node] =
          graph.node(node).inputs().stream()
              .map(input -> longest[input].through(graph, index))
              .max(Path.LENGTH)
              .orElseThrow();
    }
    return longest[graph.output()];
  }
}
