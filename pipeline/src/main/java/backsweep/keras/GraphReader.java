package backsweep.keras;

import backsweep.network.Graph;
import backsweep.network.GraphBuilder;
import backsweep.network.Identity;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Layer;
import backsweep.network.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a {@link Graph} of an architecture: every layer becomes a node for each of its calls, and
 * others of the same name for its fused activation or its other halves. The layers of a model that
 * is a layer itself have its name and a slash before their own.
 */
public final class GraphReader {

  /**
   * The most calls of layers; with models in models a small file could have billions. Four times as
   * many as the largest of Keras' own applications has, and few enough for TensorFlow to build
   * within two seconds.
   */
  static final int MAXIMUM_CALLS = 4_000;

  /** The most tensors that all calls take together; a layer can add up one tensor many times. */
  static final int MAXIMUM_INPUTS = 10_000;

  private static final String INPUT = "InputLayer";

  private final ModelConfig root;
  private final GraphBuilder builder = new GraphBuilder();
  private final WholeNumbers wholeNumbers = new WholeNumbers();
  private final IdentityHashMap<ModelConfig, CallOrder> orders = new IdentityHashMap<>();

  /** For the name of each layer, how it begins: with the names of the models around the layer. */
  private final Map<String, String> prefixes = new HashMap<>();

  /** How often the layer of each name was called. */
  private final Map<String, Integer> callsOf = new HashMap<>();

  private int calls;
  private int inputs;

  private GraphReader(ModelConfig root) {
    this.root = root;
  }

  /**
   * The graph of a model, its nodes in topological order, where that leaves a choice in file order.
   *
   * @throws backsweep.network.UnsupportedNetworkException if a layer or option is not supported
   * @throws InvalidNetworkException if the layers do not fit together
   */
  public static Graph read(ModelConfig model) {
    return new GraphReader(model).graph();
  }

  private Graph graph() {
    try {
      add(root, "", List.of());
      Graph graph = builder.build();
      checkOutput(graph);
      return graph;
    } catch (InvalidNetworkException e) {
      throw new InvalidNetworkException(root.where() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Adds a call of a model.
   *
   * @param prefix what its layers' names begin with
   * @param input the node it is called with; none for the model that the file holds
   * @return the node of its output
   */
  private int add(ModelConfig model, String prefix, List<Integer> input) {
    CallOrder order = orders.computeIfAbsent(model, CallOrder::of);
    Map<TensorReference, Integer> nodes = new HashMap<>();
    for (TensorReference call : order.calls()) {
      LayerConfig layer = order.layer(call);
      count(order.inputs(call).size());
      List<Integer> inputs = order.inputs(call).stream().map(nodes::get).toList();
      if (call.equals(model.input()) && !input.isEmpty()) {
        checkInput(layer, model);
        checkName(prefix, layer);
        nodes.put(call, passed(layer, prefix + layer.name(), model, input));
      } else {
        checkName(prefix, layer);
        nodes.put(call, add(layer, prefix + layer.name(), inputs));
      }
    }
    return nodes.get(model.output());
  }

  private void checkOutput(Graph graph) {
    if (graph.outputShape().equals(Shape.of(1))) {
      throw Refusal.of(root.where(), "an output of a single score", "one score for each class");
    }
  }

  private void count(int taken) {
    calls++;
    inputs += taken;
    if (calls > MAXIMUM_CALLS) {
      throw Refusal.of(
          root.where(), "a network of more than %,d calls".formatted(MAXIMUM_CALLS), "fewer");
    }
    if (inputs > MAXIMUM_INPUTS) {
      throw Refusal.of(
          root.where(),
          "a network whose layers take more than %,d tensors".formatted(MAXIMUM_INPUTS),
          "fewer");
    }
  }

  private static void checkInput(LayerConfig layer, ModelConfig model) {
    if (!layer.className().equals(INPUT)) {
      throw new KerasFileException(
          model.where(), "an input layer", "layer %s without input".formatted(layer.name()));
    }
  }

  /** Layers of Keras 2 may have a slash in their own name. */
  private void checkName(String prefix, LayerConfig layer) {
    String name = prefix + layer.name();
    String other = prefixes.putIfAbsent(name, prefix);
    if (other != null && !other.equals(prefix)) {
      throw new KerasFileException(
          root.where(), "layers of different names", "two named " + Json.excerpt(name));
    }
  }

  /** Adds a call of a layer; returns the node of its output. */
  private int add(LayerConfig layer, String name, List<Integer> inputs) {
    if (layer.model().isEmpty()) {
      return addPlain(layer, name, inputs);
    }
    if (inputs.size() != 1) {
      throw new InvalidNetworkException(
          "layer %s: expected one input, found %d".formatted(name, inputs.size()));
    }
    return add(layer.model().get(), name + "/", inputs);
  }

  /**
   * The node that a model takes which is a layer itself. Keras converts what it is called with to
   * the type and the rank of its input.
   */
  private int passed(LayerConfig layer, String name, ModelConfig model, List<Integer> input) {
    LayerOptions options = options(layer, name);
    options.checkRank(builder.shape(input.get(0)));
    if (wholeNumbers.contains(input.get(0)) && options.isOfIntegers()) {
      return input.get(0);
    }
    if (!model.isMixed(options.type())) {
      options.checkType();
    }
    return wholeNumbers.contains(input.get(0))
        ? builder.add(name, callsOf.merge(name, 1, Integer::sum) - 1, new Identity(), input)
        : input.get(0);
  }

  private LayerOptions options(LayerConfig layer, String name) {
    return new LayerOptions(layer, root.where() + ", layer " + name, root.generation());
  }

  private int addPlain(LayerConfig layer, String name, List<Integer> inputs) {
    int call = callsOf.merge(name, 1, Integer::sum) - 1;
    List<Shape> shapes = inputs.stream().map(builder::shape).toList();
    LayerOptions options = options(layer, name);
    List<Integer> last = inputs;
    try {
      for (Layer step : LayerCatalog.read(layer, shapes, options)) {
        wholeNumbers.check(step, last, options.where());
        int node = builder.add(name, call, step, last);
        wholeNumbers.add(step, last, node);
        last = List.of(node);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidNetworkException("layer " + name + ": " + e.getMessage(), e);
    }
    return last.get(0);
  }
}
