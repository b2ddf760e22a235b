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
import backsweep.network.Node;
import backsweep.network.Pooling;
import backsweep.network.Rescaling;
import backsweep.network.UnsupportedNetworkException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Softmax cross-entropy of a network's answers, and what it can be followed back to. */
final class Loss {

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

  private Loss() {}

  /**
   * What the last layer, softmax, takes: softmax and logarithm are taken at once.
   *
   * @param followed the nodes that gradients go through
   * @throws UnsupportedNetworkException if the last layer is another one, or one of those has no
   *     known gradient
   */
  static int scores(Graph graph, Collection<Integer> followed) {
    followed.forEach(node -> checkKnown(graph.node(node)));
    Node output = graph.node(graph.output());
    if (!(output.layer() instanceof Activate activate) || activate.function() != Plain.SOFTMAX) {
      throw new UnsupportedNetworkException(
          "gradients need a network that ends in softmax, found %s at layer %s"
              .formatted(output.layer(), output.name()));
    }
    return output.inputs().get(0);
  }

  /** The same where gradients go through the whole network. */
  static int scores(Graph graph) {
    return scores(graph, IntStream.range(0, graph.size()).boxed().toList());
  }

  private static void checkKnown(Node node) {
    if (!KINDS.contains(node.layer().getClass())) {
      throw new UnsupportedNetworkException(
          "gradients are not known of %s of layer %s; they are of: %s"
              .formatted(
                  node.layer(),
                  node.name(),
                  KINDS.stream().map(Class::getSimpleName).sorted().collect(joining(", "))));
    }
  }

  /**
   * The loss of every image.
   *
   * @param logits {@code (image, class)}
   * @param label {@code (image)}
   * @return {@code (image)}
   */
  static Operand<TFloat32> crossEntropy(
      Ops tf, Operand<TFloat32> logits, Operand<TInt32> label, int classes) {
    Operand<TFloat32> wanted =
        tf.oneHot(label, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    return tf.nn.softmaxCrossEntropyWithLogits(logits, wanted).loss();
  }

  /**
   * The gradients of the sum of a loss.
   *
   * @throws UnsupportedNetworkException if an operation in between has none
   */
  static List<Output<TFloat32>> gradients(
      Ops tf, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> of) {
    try {
      Gradients all = tf.gradients(loss, of);
      return IntStream.range(0, of.size()).mapToObj(all::<TFloat32>dy).toList();
    } catch (TensorFlowException e) {
      throw new UnsupportedNetworkException(
          "gradients cannot be followed through this network: " + e.getMessage());
    }
  }
}
