package backsweep.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The architecture of a network: applied layers in an order in which every node comes after its
 * inputs. The first node is the only input, the last one the only output.
 *
 * @param nodes the nodes, inputs before those that use them
 */
public record Graph(List<Node> nodes) implements Serializable {

  /** Checks the order, that there is one input and that every node leads to the output. */
  public Graph {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a graph needs at least one node");
    }
    boolean[] used = new boolean[nodes.size()];
    for (int node = 0; node < nodes.size(); node++) {
      checkNode(nodes.get(node), node);
      nodes.get(node).inputs().forEach(input -> used[input] = true);
    }
    for (int node = 0; node < nodes.size() - 1; node++) {
      if (!used[node]) {
        throw new IllegalArgumentException(
            "the output of layer %s leads nowhere".formatted(nodes.get(node).name()));
      }
    }
  }

  private static void checkNode(Node node, int index) {
    if ((index == 0) != (node.layer() instanceof Input)) {
      throw new IllegalArgumentException(
          "expected one input layer, the first; found layer %s at place %d"
              .formatted(node.name(), index));
    }
    for (int input : node.inputs()) {
      if (input < 0 || input >= index) {
        throw new IllegalArgumentException(
            "layer %s takes the output of node %d, which does not come before it"
                .formatted(node.name(), input));
      }
    }
  }

  /** One node. */
  public Node node(int index) {
    return nodes.get(index);
  }

  /** The number of nodes. */
  public int size() {
    return nodes.size();
  }

  /** The index of the output node. */
  public int output() {
    return nodes.size() - 1;
  }

  /** The shape of an image, {@code (height, width, channel)}. */
  public Shape inputShape() {
    return nodes.get(0).shape();
  }

  /** The shape of the answer. */
  public Shape outputShape() {
    return nodes.get(output()).shape();
  }

  /** The nodes that take a node's output, in order; a node that takes it twice is there once. */
  public List<Integer> consumers(int node) {
    return IntStream.range(node + 1, nodes.size())
        .filter(index -> nodes.get(index).inputs().contains(node))
        .boxed()
        .toList();
  }

  /** {@link #consumers(int)} of every node, in the order of the nodes. */
  public List<List<Integer>> consumers() {
    List<List<Integer>> consumers = new ArrayList<>();
    for (int index = 0; index < nodes.size(); index++) {
      consumers.add(new ArrayList<>());
      for (int input : new LinkedHashSet<>(nodes.get(index).inputs())) {
        consumers.get(input).add(index);
      }
    }
    return consumers;
  }

  /**
   * The variables every layer needs, by layer name in the order of the nodes; layers without
   * variables are left out.
   */
  public Map<String, List<Variable>> variables() {
    Map<String, List<Variable>> variables = new LinkedHashMap<>();
    for (Node node : nodes) {
      List<Shape> inputs = node.inputs().stream().map(input -> nodes.get(input).shape()).toList();
      List<Variable> own = node.layer().variables(inputs);
      if (!own.isEmpty()) {
        List<Variable> all = variables.computeIfAbsent(node.name(), name -> new ArrayList<>());
        own.stream().filter(variable -> !all.contains(variable)).forEach(all::add);
      }
    }
    return variables;
  }

  /** The names of all layers, in the order of the nodes, each once. */
  public List<String> layerNames() {
    return nodes.stream().map(Node::name).distinct().toList();
  }

  /** The names of all convolutions, in the order of the nodes, each once. */
  public List<String> convolutions() {
    return nodes.stream()
        .filter(node -> node.layer() instanceof Convolution)
        .map(Node::name)
        .distinct()
        .toList();
  }

  /** The convolution nodes of a layer, one a call; empty if the layer is no convolution. */
  public List<Integer> convolutionCalls(String layer) {
    return IntStream.range(0, nodes.size())
        .filter(index -> nodes.get(index).name().equals(layer))
        .filter(index -> nodes.get(index).layer() instanceof Convolution)
        .boxed()
        .toList();
  }

  /**
   * The nodes whose output is that of a Keras layer, its activation included, one a call.
   *
   * @throws NoSuchElementException if there is no such layer
   */
  public List<Integer> outputsOf(String layer) {
    Map<Integer, Integer> lastOfCall = new LinkedHashMap<>();
    for (int index = 0; index < nodes.size(); index++) {
      if (nodes.get(index).name().equals(layer)) {
        lastOfCall.put(nodes.get(index).call(), index);
      }
    }
    if (lastOfCall.isEmpty()) {
      throw new NoSuchElementException("no layer " + layer);
    }
    return new ArrayList<>(lastOfCall.values());
  }

  /** Which nodes depend on one of these nodes, themselves not included unless by another one. */
  public boolean[] dependingOn(List<Integer> sources) {
    Set<Integer> changed = Set.copyOf(sources);
    boolean[] depends = new boolean[nodes.size()];
    for (int index = 0; index < nodes.size(); index++) {
      for (int input : nodes.get(index).inputs()) {
        depends[index] |= depends[input] || changed.contains(input);
      }
    }
    return depends;
  }
}
