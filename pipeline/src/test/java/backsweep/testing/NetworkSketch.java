package backsweep.testing;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Convolution;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Graph;
import backsweep.network.GraphBuilder;
import backsweep.network.Input;
import backsweep.network.Layer;
import backsweep.network.Merge;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Variable;
import backsweep.network.Weights;
import backsweep.network.Window;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds a small network by hand, with random weights. */
public final class NetworkSketch {

  private final GraphBuilder graph = new GraphBuilder();
  private final Map<String, Integer> calls = new HashMap<>();
  private final Random random;
  private int last;
  private String applied = "input";

  /** Begins with an input of this shape. */
  public NetworkSketch(long seed, int height, int width, int channels) {
    this.random = new Random(seed);
    this.last = graph.add("input", 0, new Input(Shape.of(height, width, channels)), List.of());
  }

  /** The node added last. */
  public int last() {
    return last;
  }

  /** The shape of the node added last. */
  public Shape shape() {
    return graph.shape(last);
  }

  /** Goes on from another node. */
  public NetworkSketch from(int node) {
    last = node;
    return this;
  }

  /** Applies a layer to the last node; a name that was there already is called again. */
  public NetworkSketch then(String name, Layer layer) {
    int call = calls.merge(name, 1, Integer::sum) - 1;
    last = graph.add(name, call, layer, List.of(last));
    applied = name;
    return this;
  }

  /** A convolution of 3x3 that keeps the size. */
  public NetworkSketch convolution(String name, int filters) {
    return then(
        name, new Convolution(filters, new Window(3, 3, 1, 1, Padding.SAME), 1, 1, 1, true));
  }

  /** An activation as a layer of its own. */
  public NetworkSketch activation(String name, Activation function) {
    return then(name, new Activate(function));
  }

  /** An activation that belongs to the layer applied last, as Keras' fused ones do. */
  public NetworkSketch fused(Activation function) {
    return other(new Activate(function));
  }

  /**
   * The other half of the layer applied last, such as the second one of a separable convolution.
   */
  public NetworkSketch other(Layer half) {
    last = graph.add(applied, calls.get(applied) - 1, half, List.of(last));
    return this;
  }

  /** Merges another node with the last one. */
  public NetworkSketch merge(String name, Layer layer, int other) {
    last = graph.add(name, 0, layer, List.of(last, other));
    return this;
  }

  /** Adds another node to the last one. */
  public NetworkSketch plus(String name, int other) {
    last = graph.add(name, 0, new Merge(Merge.Operation.ADD), List.of(last, other));
    return this;
  }

  /** Flattens, if need be, and ends in a softmax over this many classes. */
  public Network classes(int classes) {
    if (shape().rank() > 1) {
      then("flatten", new Flatten());
    }
    return then("output", new Dense(classes, true))
        .activation("probability", Activation.Plain.SOFTMAX)
        .network();
  }

  /** The network up to the last node. */
  public Network network() {
    Graph built = graph.build();
    Map<String, Map<String, Tensor>> weights = new LinkedHashMap<>();
    built.variables().forEach((layer, variables) -> weights.put(layer, draw(variables)));
    return new Network(built, new Weights(weights));
  }

  private Map<String, Tensor> draw(List<Variable> variables) {
    Map<String, Tensor> drawn = new LinkedHashMap<>();
    for (Variable variable : variables) {
      float[] values = new float[variable.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = draw(variable.name());
      }
      drawn.put(variable.name(), Tensor.of(variable.shape(), values));
    }
    return drawn;
  }

  private float draw(String variable) {
    float normal = (float) random.nextGaussian();
    return variable.endsWith("variance") ? 0.5f + normal * normal : normal * 0.5f;
  }
}
