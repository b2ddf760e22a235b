package backsweep.keras;

import backsweep.network.Graph;
import backsweep.network.GraphBuilder;
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

  /** The most calls of layers; with models in models a small file could have billions. */
  static final int MAXIMUM_CALLS = 10_000;

  private static final String INPUT = "InputLayer";

  private final ModelConfig root;
  private final GraphBuilder builder = new GraphBuilder();
  private final IdentityHashMap<ModelConfig, CallOrder> orders = new IdentityHashMap<>();

  /** For the name of each layer, how it begins: with the names of the models around the layer. */
  private final Map<String, String> prefixes = new HashMap<>();

  /** How often the layer of each name was called. */
  private final Map<String, Integer> callsOf = new HashMap<>();

  private int calls;

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
    checkSupported(model);
    return new GraphReader(model).graph();
  }

  private static void checkSupported(ModelConfig model) {
    for (LayerConfig layer : model.layers()) {
      layer
          .model()
          .ifPresentOrElse(
              GraphReader::checkSupported, () -> LayerCatalog.checkSupported(layer, model.where()));
    }
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
      List<Integer> inputs = order.inputs(call).stream().map(nodes::get).toList();
      count();
      if (call.equals(model.input()) && !input.isEmpty()) {
        checkInput(layer, model);
        nodes.put(call, input.get(0));
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

  private void count() {
    calls++;
    if (calls > MAXIMUM_CALLS) {
      throw Refusal.of(
          root.where(), "a network of more than %,d calls".formatted(MAXIMUM_CALLS), "fewer");
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

  private int addPlain(LayerConfig layer, String name, List<Integer> inputs) {
    int call = callsOf.merge(name, 1, Integer::sum) - 1;
    List<Shape> shapes = inputs.stream().map(builder::shape).toList();
    LayerOptions options =
        new LayerOptions(layer, root.where() + ", layer " + name, root.generation());
    List<Integer> last = inputs;
    try {
      for (Layer step : LayerCatalog.read(layer, shapes, options)) {
        last = List.of(builder.add(name, call, step, last));
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidNetworkException("layer " + name + ": " + e.getMessage(), e);
    }
    return last.get(0);
  }
}
