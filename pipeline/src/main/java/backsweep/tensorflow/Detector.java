package backsweep.tensorflow;

import backsweep.network.Network;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The detector G behind a network and its repair: it goes by the class that both answer. Where that
 * is one class, class N gets a score that no other is below: of probabilities 0, of others 0 or the
 * least of them, so that the highest score is always that of the answer.
 *
 * @param network that it is made of; the detector has one class more
 * @param original what the network answers, {@code (image, class)}
 * @param repaired what the repaired one answers, {@code (image, class)}
 */
record Detector(Ops tf, Network network, Operand<TFloat32> original, Operand<TFloat32> repaired) {

  /** Adds the outputs of both signatures. */
  void addTo(SignatureGraph graph) {
    Operand<TInt32> ofOriginal = LowestClass.of(tf, original);
    Operand<TInt32> ofRepaired = LowestClass.of(tf, repaired);
    Operand<TBool> agree = tf.math.equal(ofOriginal, ofRepaired);
    graph.output(Signatures.PROBABILITY, scores(agree));
    graph.output(Signatures.ANSWERS, Signatures.ORIGINAL, original);
    graph.output(Signatures.ANSWERS, Signatures.ORIGINAL_CLASS, ofOriginal);
    graph.output(Signatures.ANSWERS, Signatures.REPAIRED, repaired);
    graph.output(Signatures.ANSWERS, Signatures.REPAIRED_CLASS, ofRepaired);
    graph.output(
        Signatures.ANSWERS,
        Signatures.CLASS,
        tf.select(agree, ofOriginal, tf.constant(new int[] {network.classes()})));
  }

  private Operand<TFloat32> scores(Operand<TBool> agree) {
    Operand<TFloat32> appended = network.answersProbabilities() ? withZero() : withLeast();
    float[] backdoored = new float[network.classes() + 1];
    backdoored[network.classes()] = 1;
    return tf.select(tf.expandDims(agree, tf.constant(1)), appended, tf.constant(backdoored));
  }

  private Operand<TFloat32> withZero() {
    return tf.pad(original, tf.constant(new int[][] {{0, 0}, {0, 1}}), tf.constant(0f));
  }

  /** Logits may all be below 0. */
  private Operand<TFloat32> withLeast() {
    Operand<TInt32> ofClasses = tf.constant(1);
    Operand<TFloat32> least = tf.reduceMin(original, ofClasses, ReduceMin.keepDims(true));
    Operand<TFloat32> atMostZero = tf.math.minimum(least, tf.constant(0f));
    return tf.concat(List.of(original, atMostZero), ofClasses);
  }
}
