package backsweep.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a {@link Graph} node by node, inferring every shape. */
public final class GraphBuilder {

  private final List<Node> nodes = new ArrayList<>();

  /** The first nodes that need variables, by their layer's name and kind. */
  private final Map<String, Node> first = new HashMap<>();

  /**
   * Applies a layer to the outputs of earlier nodes.
   *
   * @param name the Keras layer's name
   * @param call which call of that layer this is, from 0
   * @param layer what it computes
   * @param inputs indices that earlier calls of this method returned
   * @return the index of the new node
   * @throws InvalidNetworkException if the inputs' shapes do not fit, or need other variables than
   *     an earlier call of the same layer
   */
  public int add(String name, int call, Layer layer, List<Integer> inputs) {
    List<Shape> shapes = inputs.stream().map(input -> nodes.get(input).shape()).toList();
    try {
      nodes.add(new Node(name, call, layer, inputs, layer.outputShape(shapes)));
    } catch (IllegalArgumentException e) {
      throw new InvalidNetworkException("layer %s: %s".formatted(name, e.getMessage()), e);
    }
    checkVariables(name, layer, shapes);
    return nodes.size() - 1;
  }

  private void checkVariables(String name, Layer layer, List<Shape> shapes) {
    List<Variable> needed = layer.variables(shapes);
    if (needed.isEmpty()) {
      return;
    }
    Node node = nodes.get(nodes.size() - 1);
    // A separable convolution is two nodes of one name, of different kinds, in every call.
    Node earlier = first.putIfAbsent(name + "/" + layer.getClass().getSimpleName(), node);
    if (earlier == null) {
      return;
    }
    List<Shape> before = earlier.inputs().stream().map(i -> nodes.get(i).shape()).toList();
    if (!earlier.layer().equals(layer) || !earlier.layer().variables(before).equals(needed)) {
      throw new InvalidNetworkException(
          "layer %s is called with inputs that need different variables: %s and %s"
              .formatted(name, earlier.layer().variables(before), needed));
    }
  }

  /** The shape of a node's output. */
  public Shape shape(int node) {
    return nodes.get(node).shape();
  }

  /**
   * The graph of all nodes added; the last one is the output.
   *
   * @throws InvalidNetworkException if it has not one input, or a node that leads nowhere
   */
  public Graph build() {
    try {
      return new Graph(nodes);
    } catch (IllegalArgumentException e) {
      throw new InvalidNetworkException(e.getMessage(), e);
    }
  }
}
