package backsweep.keras;

import backsweep.network.Identity;
import backsweep.network.Layer;
import backsweep.network.Rescaling;
import backsweep.network.Standardization;
import backsweep.network.Truncation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The nodes of a graph whose values have an integer type in Keras. Some layers calculate in that
 * type, where 200 + 100 is 44, and others fail; only those that convert it first are taken.
 */
final class WholeNumbers {

  private final Set<Integer> nodes = new HashSet<>();

  /** Whether a node's values have an integer type. */
  boolean contains(int node) {
    return nodes.contains(node);
  }

  /**
   * Checks that a layer may take what it is called with.
   *
   * @param inputs the nodes it takes
   * @param where the file and the layer, for errors
   * @throws backsweep.network.UnsupportedNetworkException if it does not convert integers first
   */
  void check(Layer layer, List<Integer> inputs, String where) {
    boolean takes =
        layer instanceof Truncation
            || layer instanceof Identity
            || layer instanceof Rescaling
            || layer instanceof Standardization;
    if (!takes && inputs.stream().anyMatch(nodes::contains)) {
      throw Refusal.of(where, "an input of integers", "Rescaling or Normalization between the two");
    }
  }

  /** Notes a node, if its values have an integer type. */
  void add(Layer layer, List<Integer> inputs, int node) {
    boolean passes = layer instanceof Identity && inputs.stream().allMatch(nodes::contains);
    if (layer instanceof Truncation || passes) {
      nodes.add(node);
    }
  }
}
