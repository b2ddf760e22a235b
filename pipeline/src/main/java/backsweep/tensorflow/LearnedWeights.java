package backsweep.tensorflow;

import backsweep.network.Network;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The weights of a network as variables of a graph, which change while it learns. */
final class LearnedWeights {

  /**
   * One variable.
   *
   * @param layer the layer it belongs to
   * @param name its name there
   * @param start the values it begins with
   * @param value its place in the graph
   */
  record Learned(String layer, String name, Tensor start, Variable<TFloat32> value) {

    /** Whether it follows a gradient; moving statistics follow what they are the statistics of. */
    boolean followsGradient() {
      return !name.startsWith("moving_");
    }
  }

  private final Ops tf;
  private final List<Learned> variables = new ArrayList<>();
  private final IdentityHashMap<Tensor, Learned> byTensor = new IdentityHashMap<>();

  LearnedWeights(Ops tf, Network start) {
    this.tf = tf;
    start
        .weights()
        .byLayer()
        .forEach((layer, named) -> named.forEach((name, tensor) -> add(layer, name, tensor)));
  }

  private void add(String layer, String name, Tensor start) {
    Variable<TFloat32> value = tf.variable(shape(start), TFloat32.class);
    Learned learned = new Learned(layer, name, start, value);
    variables.add(learned);
    byTensor.put(start, learned);
  }

  private static Shape shape(Tensor tensor) {
    return Shape.of(tensor.shape().toLongs());
  }

  /** The variable that begins with this tensor of the network. */
  Variable<TFloat32> of(Tensor start) {
    return byTensor.get(start).value();
  }

  /** Those that follow a gradient, in the network's order. */
  List<Variable<TFloat32>> followingGradients() {
    return variables.stream().filter(Learned::followsGradient).map(Learned::value).toList();
  }

  /** Gives every variable the values it begins with. */
  void begin(Session session) {
    Session.Runner runner = session.runner();
    List<TFloat32> fed = new ArrayList<>();
    try {
      for (Learned variable : variables) {
        Placeholder<TFloat32> start =
            tf.placeholder(TFloat32.class, Placeholder.shape(shape(variable.start())));
        Assign<TFloat32> assign = tf.assign(variable.value(), start);
        TFloat32 values =
            TFloat32.tensorOf(shape(variable.start()), DataBuffers.of(variable.start().values()));
        fed.add(values);
        runner.feed(start, values).addTarget(assign);
      }
      runner.run().close();
    } finally {
      fed.forEach(TFloat32::close);
    }
  }

  /** The values that all variables have now. */
  Weights read(Session session) {
    Session.Runner runner = session.runner();
    variables.forEach(variable -> runner.fetch((Operand<?>) variable.value()));
    Map<String, Map<String, Tensor>> byLayer = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      for (int place = 0; place < variables.size(); place++) {
        Learned variable = variables.get(place);
        float[] values = Floats.of((TFloat32) result.get(place));
        byLayer
            .computeIfAbsent(variable.layer(), layer -> new LinkedHashMap<>())
            .put(variable.name(), Tensor.of(variable.start().shape(), values));
      }
    }
    return new Weights(byLayer);
  }
}
