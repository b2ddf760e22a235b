package backsweep.tensorflow;

import backsweep.network.Cut;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The operations by which a loss is followed back to factors on the kernel and the bias of a
 * convolution's channels, in two parts: images to what crosses behind the convolution, and from
 * there, for some of the images, to the loss and its gradients.
 *
 * @param image pixels as they were read
 * @param crossing what crosses, in the order of the cut
 * @param held what crossed, of all images, in the same order
 * @param row which images, by their places among those
 * @param label the class of each
 * @param kernelFactor {@code (1, channel)}
 * @param biasFactor {@code (1, channel)}
 * @param results the loss, the mean over the rows, and its gradients by both factors
 */
record FactorGraph(
    Placeholder<TFloat32> image,
    List<Operand<TFloat32>> crossing,
    List<Placeholder<TFloat32>> held,
    Placeholder<TInt32> row,
    Placeholder<TInt32> label,
    Placeholder<TFloat32> kernelFactor,
    Placeholder<TFloat32> biasFactor,
    List<Operand<TFloat32>> results) {

  /**
   * Adds the operations.
   *
   * @param cut behind the convolution
   * @param scale of the pixels
   * @throws backsweep.network.UnsupportedNetworkException if gradients are not known
   */
  static FactorGraph of(Ops tf, Network network, PruningPoint point, Cut cut, InputScale scale) {
    int scores = Loss.scores(network.graph(), cut.suffix());
    Placeholder<TFloat32> image = tf.placeholder(TFloat32.class, batchOf(network, 0));
    NetworkLowering lowering = new NetworkLowering(tf, network);
    Map<Integer, Operand<TFloat32>> prefix =
        lowering.lower(cut.crossing(), Map.of(0, scale.apply(tf, image)), ChannelSelect.none(tf));

    List<Placeholder<TFloat32>> held = new ArrayList<>();
    Map<Integer, Operand<TFloat32>> gathered = new HashMap<>();
    Placeholder<TInt32> row = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    for (int node : cut.crossing()) {
      Placeholder<TFloat32> all = tf.placeholder(TFloat32.class, batchOf(network, node));
      held.add(all);
      gathered.put(node, tf.gather(all, row, tf.constant(0)));
    }

    Placeholder.Options channels = Placeholder.shape(Shape.of(1, point.channels()));
    Placeholder<TFloat32> kernelFactor = tf.placeholder(TFloat32.class, channels);
    Placeholder<TFloat32> biasFactor = tf.placeholder(TFloat32.class, channels);
    Placeholder<TInt32> label = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    ChannelChange change =
        new ChannelScale(
            tf,
            Set.copyOf(network.graph().convolutionCalls(point.convolution())),
            bias(tf, network, point),
            kernelFactor,
            biasFactor);
    Operand<TFloat32> logits = lowering.lower(List.of(scores), gathered, change).get(scores);
    Operand<TFloat32> loss =
        tf.math.mean(Loss.crossEntropy(tf, logits, label, network.classes()), tf.constant(0));
    List<Operand<TFloat32>> results = new ArrayList<>(List.of(loss));
    results.addAll(Loss.gradients(tf, loss, List.of(kernelFactor, biasFactor)));
    return new FactorGraph(
        image,
        cut.crossing().stream().map(prefix::get).toList(),
        held,
        row,
        label,
        kernelFactor,
        biasFactor,
        results);
  }

  private static Placeholder.Options batchOf(Network network, int node) {
    Shape shape = Shape.of(network.graph().node(node).shape().toLongs());
    return Placeholder.shape(Shape.of(-1).append(shape));
  }

  private static Operand<TFloat32> bias(Ops tf, Network network, PruningPoint point) {
    Tensor bias = network.weights().of(point.convolution()).get("bias");
    return bias == null
        ? tf.constant(0f)
        : tf.constant(Shape.of(bias.shape().toLongs()), DataBuffers.of(bias.values()));
  }
}
