package backsweep.tensorflow;

import backsweep.network.Convolution;
import backsweep.network.Cut;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Graph;
import backsweep.network.Layer;
import backsweep.network.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Leaves out, behind a cut, the channels that are 0 for every pair of a batch: pruned at all its
 * steps, or dormant in all images of its block. Sums lose only zeros by it, and late steps cost a
 * fraction of early ones.
 *
 * <p>It works where every layer that takes a masked tensor sums over its channels: a convolution,
 * or a dense layer, flattened or not. Elsewhere all channels stay.
 */
final class LiveChannels {

  private final Ops tf;
  private final Graph graph;
  private final Operand<TInt32> live;
  private final Set<Integer> narrow;

  private LiveChannels(Ops tf, Graph graph, Operand<TInt32> live, Set<Integer> narrow) {
    this.tf = tf;
    this.graph = graph;
    this.live = live;
    this.narrow = narrow;
  }

  /** Leaves nothing out. */
  static LiveChannels all(Ops tf, Graph graph) {
    return new LiveChannels(tf, graph, null, Set.of());
  }

  /**
   * Leaves out what it can behind a cut.
   *
   * @param live the channels that are not left out, {@code (channel)}
   */
  static LiveChannels behind(Ops tf, Graph graph, Cut cut, Operand<TInt32> live) {
    Set<Integer> narrow = new HashSet<>(cut.heads());
    boolean works = cut.masksAllCross();
    List<List<Integer>> consumers = graph.consumers();
    for (int head : cut.heads()) {
      for (int consumer : consumers.get(head)) {
        works &= isSum(graph, consumer) || isFlattenedSum(graph, consumer);
        if (graph.node(consumer).layer() instanceof Flatten) {
          narrow.add(consumer);
        }
      }
    }
    return works ? new LiveChannels(tf, graph, live, narrow) : all(tf, graph);
  }

  private static boolean isSum(Graph graph, int node) {
    Layer layer = graph.node(node).layer();
    return layer instanceof Dense
        || (layer instanceof Convolution convolution && convolution.groups() == 1);
  }

  private static boolean isFlattenedSum(Graph graph, int node) {
    return graph.node(node).layer() instanceof Flatten
        && node != graph.output()
        && graph.consumers(node).stream()
            .allMatch(behind -> graph.node(behind).layer() instanceof Dense);
  }

  /** A value with a channel axis, the last one, without the channels that are left out. */
  <T extends TType> Operand<T> of(Operand<T> value, int channelAxis) {
    return narrow.isEmpty() ? value : tf.gather(value, live, tf.constant(channelAxis));
  }

  /** Whether a node takes a tensor whose channels were left out, so that it is lowered here. */
  boolean feeds(Node node) {
    return node.inputs().stream().anyMatch(narrow::contains);
  }

  /** The flattened tensor, of the channels that are there. */
  Operand<TFloat32> flatten(Node node, Operand<TFloat32> input) {
    int positions = graph.node(node.inputs().get(0)).shape().positions();
    Operand<TInt32> size = tf.math.mul(tf.size(live), tf.constant(positions));
    return tf.reshape(input, tf.stack(List.of(tf.constant(-1), size)));
  }

  /** A variable of a node: of its kernel only what meets the channels that are there. */
  Operand<TFloat32> variable(Node node, int rank, Operand<TFloat32> variable) {
    if (rank == 1) {
      return variable;
    }
    if (node.layer() instanceof Convolution) {
      return tf.gather(variable, live, tf.constant(2));
    }
    int input = node.inputs().get(0);
    int head =
        narrow.contains(input) && graph.node(input).layer() instanceof Flatten
            ? graph.node(input).inputs().get(0)
            : input;
    int units = ((Dense) node.layer()).units();
    int channels = graph.node(head).shape().channels();
    Operand<TFloat32> byChannel = tf.reshape(variable, tf.array(-1, channels, units));
    return tf.reshape(tf.gather(byChannel, live, tf.constant(1)), tf.array(-1, units));
  }
}
