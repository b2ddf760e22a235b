package backsweep.tensorflow;

import backsweep.network.Cut;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * How much the loss would change, to first order, if a channel were pruned: every channel of the
 * convolution gets a factor of 1 in every image, and the loss is followed back to these factors.
 *
 * @param network that is followed back
 * @param point whose channels get factors
 */
record ImportanceModel(Network network, PruningPoint point) {

  /**
   * Adds the label's place and the output.
   *
   * @param image what the network's first layer takes
   * @throws backsweep.network.UnsupportedNetworkException if gradients are not known
   */
  void addTo(SignatureGraph graph, Operand<TFloat32> image) {
    Ops tf = graph.tf();
    Operand<TInt32> label = graph.input(Signatures.LABEL, TInt32.class, -1);
    List<Integer> calls = network.graph().convolutionCalls(point.convolution());
    int scores = Loss.scores(network.graph(), Cut.behind(network.graph(), calls).suffix());
    Operand<TFloat32> factors = ones(tf, label);
    ChannelChange scale =
        new ChannelScale(tf, Set.copyOf(calls), tf.constant(0f), factors, factors);
    Operand<TFloat32> logits =
        new NetworkLowering(tf, network)
            .lower(List.of(scores), Map.of(0, image), scale)
            .get(scores);
    Operand<TFloat32> loss = Loss.crossEntropy(tf, logits, label, network.classes());
    Operand<TFloat32> gradient = Loss.gradients(tf, loss, List.of(factors)).get(0);
    Operand<TFloat64> change = tf.dtypes.cast(tf.math.abs(gradient), TFloat64.class);
    graph.output(
        Signatures.IMPORTANCE, tf.math.div(change, tf.constant((double) positions(calls))));
  }

  /** {@code (image, channel)}. */
  private Operand<TFloat32> ones(Ops tf, Operand<TInt32> label) {
    List<Operand<TInt32>> size = List.of(tf.shape(label), tf.array(point.channels()));
    return tf.fill(tf.concat(size, tf.constant(0)), tf.constant(1f));
  }

  private int positions(List<Integer> calls) {
    return calls.stream().mapToInt(call -> network.graph().node(call).shape().positions()).sum();
  }
}
