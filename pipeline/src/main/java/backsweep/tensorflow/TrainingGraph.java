package backsweep.tensorflow;

import static java.util.stream.Collectors.joining;

import backsweep.network.Activate;
import backsweep.network.Activation.Plain;
import backsweep.network.BatchNormalization;
import backsweep.network.Convolution;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.GlobalPooling;
import backsweep.network.Graph;
import backsweep.network.Identity;
import backsweep.network.Input;
import backsweep.network.Layer;
import backsweep.network.Merge;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.network.Pooling;
import backsweep.network.Rescaling;
import backsweep.network.UnsupportedNetworkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The operations of a step of training: the loss, its gradients, the updates.
 *
 * <p>No variable changes before every gradient is there: TensorFlow orders operations by what they
 * take only, and an early update would change the gradients that are still to come.
 *
 * @param loss softmax cross-entropy, the mean over the batch; a scalar
 * @param gradients of the loss, of every variable that follows one, in their order
 * @param adam what the updates depend on
 * @param updates runs them all
 */
record TrainingGraph(
    Operand<TFloat32> loss, List<Output<TFloat32>> gradients, AdamUpdates adam, Op updates) {

  /** The layers whose gradients and whose work in training are known to be those of Keras. */
  private static final Set<Class<? extends Layer>> KINDS =
      Set.of(
          Input.class,
          Convolution.class,
          Dense.class,
          Pooling.class,
          GlobalPooling.class,
          BatchNormalization.class,
          Activate.class,
          Rescaling.class,
          Merge.class,
          Flatten.class,
          Identity.class);

  /**
   * Adds a step.
   *
   * @param input what the network's first layer takes
   * @param label classes, {@code (image)}
   * @throws UnsupportedNetworkException if the network does not end in softmax
   */
  static TrainingGraph of(
      Ops tf, Pupil pupil, LearnedWeights weights, Operand<TFloat32> input, Operand<TInt32> label) {
    Network network = pupil.network();
    TrainingMode mode = new TrainingMode(tf, weights);
    int scores = scores(network.graph());
    Operand<TFloat32> logits =
        NetworkLowering.in(mode, tf, network)
            .lower(List.of(scores), Map.of(0, input), pupil.select(tf))
            .get(scores);
    Operand<TFloat32> loss = crossEntropy(tf, logits, label, network.classes());
    List<Variable<TFloat32>> variables = weights.followingGradients();
    Gradients all = tf.gradients(loss, variables);
    List<Output<TFloat32>> gradients =
        IntStream.range(0, variables.size()).mapToObj(all::<TFloat32>dy).toList();
    Ops after = tf.withControlDependencies(List.<Op>copyOf(gradients));
    AdamUpdates adam = new AdamUpdates(tf);
    List<Op> updates = new ArrayList<>(mode.updates(after));
    for (int place = 0; place < variables.size(); place++) {
      updates.add(adam.update(after, variables.get(place), gradients.get(place)));
    }
    return new TrainingGraph(loss, gradients, adam, tf.withControlDependencies(updates).noOp());
  }

  /**
   * What the last layer, softmax, takes: softmax and logarithm are taken at once.
   *
   * @throws UnsupportedNetworkException if the last layer is another one, or a layer cannot learn
   */
  static int scores(Graph graph) {
    graph.nodes().forEach(TrainingGraph::checkKnown);
    Node output = graph.node(graph.output());
    if (!(output.layer() instanceof Activate activate) || activate.function() != Plain.SOFTMAX) {
      throw new UnsupportedNetworkException(
          "training needs a network that ends in softmax, found %s at layer %s"
              .formatted(output.layer(), output.name()));
    }
    return output.inputs().get(0);
  }

  private static void checkKnown(Node node) {
    if (!KINDS.contains(node.layer().getClass())) {
      throw new UnsupportedNetworkException(
          "training does not know %s of layer %s; it knows: %s"
              .formatted(
                  node.layer(),
                  node.name(),
                  KINDS.stream().map(Class::getSimpleName).sorted().collect(joining(", "))));
    }
  }

  private static Operand<TFloat32> crossEntropy(
      Ops tf, Operand<TFloat32> logits, Operand<TInt32> label, int classes) {
    Operand<TFloat32> wanted =
        tf.oneHot(label, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    return tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, wanted).loss(), tf.constant(0));
  }
}
