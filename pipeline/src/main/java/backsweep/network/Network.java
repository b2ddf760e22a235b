package backsweep.network;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A classifier: images of shape {@code (height, width, channel)} in, one score a class out.
 *
 * @param graph its architecture
 * @param weights the values of every variable the graph needs, and no others
 */
public record Network(Graph graph, Weights weights) implements Serializable {

  private static final Set<Activation> PROBABILITIES =
      Set.of(
          Activation.Plain.SOFTMAX,
          Activation.Plain.SIGMOID,
          Activation.Plain.HARD_SIGMOID,
          Activation.Plain.STEEP_HARD_SIGMOID);

  /**
   * Checks that the weights are those that the graph needs.
   *
   * @throws InvalidNetworkException if one is missing, superfluous or of another shape
   */
  public Network {
    Map<String, List<Variable>> needed = graph.variables();
    needed.forEach((layer, variables) -> checkLayer(layer, variables, weights.of(layer)));
    for (String layer : weights.layers()) {
      if (!needed.containsKey(layer) && !weights.of(layer).isEmpty()) {
        throw new InvalidNetworkException(
            "layer %s: expected no weights, found %s".formatted(layer, weights.of(layer).keySet()));
      }
    }
    if (graph.outputShape().rank() != 1) {
      throw new InvalidNetworkException(
          "expected one score a class as the output, found shape " + graph.outputShape());
    }
  }

  private static void checkLayer(String layer, List<Variable> expected, Map<String, Tensor> found) {
    List<String> names = expected.stream().map(Variable::name).toList();
    for (Variable variable : expected) {
      Tensor tensor = found.get(variable.name());
      if (tensor == null) {
        throw new InvalidNetworkException(
            "layer %s: expected the weights %s, %s is missing"
                .formatted(layer, names, variable.name()));
      }
      if (!tensor.shape().equals(variable.shape())) {
        throw new InvalidNetworkException(
            "layer %s: expected %s of shape %s, found %s"
                .formatted(layer, variable.name(), variable.shape(), tensor.shape()));
      }
    }
    if (found.size() > expected.size()) {
      throw new InvalidNetworkException(
          "layer %s: expected the weights %s, found %s".formatted(layer, names, found.keySet()));
    }
  }

  /** The number of classes. */
  public int classes() {
    return graph.outputShape().channels();
  }

  /**
   * Whether the scores are probabilities, from 0 to 1, by the activation that the network ends in:
   * softmax or a sigmoid, and behind it at most layers that give their input in another shape.
   * Others may give any numbers, such as logits.
   */
  public boolean answersProbabilities() {
    Node node = graph.node(graph.output());
    while (isReshaping(node.layer())) {
      node = graph.node(node.inputs().get(0));
    }
    return node.layer() instanceof Activate activate && PROBABILITIES.contains(activate.function());
  }

  private static boolean isReshaping(Layer layer) {
    return layer instanceof Identity
        || layer instanceof Flatten
        || layer instanceof Reshape
        || layer instanceof Permutation;
  }

  /** This network with the channels of one convolution pruned: their kernel and bias are 0. */
  public Network pruned(String convolution, ChannelMask mask) {
    return new Network(graph, weights.masked(convolution, mask));
  }
}
