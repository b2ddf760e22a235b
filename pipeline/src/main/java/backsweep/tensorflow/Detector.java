package backsweep.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The detector G behind a network and its repair: it goes by the class that both answer.
 *
 * @param classes of the network; the detector has one more
 * @param original what the network answers, {@code (image, class)}
 * @param repaired what the repaired one answers, {@code (image, class)}
 */
record Detector(Ops tf, int classes, Operand<TFloat32> original, Operand<TFloat32> repaired) {

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
        tf.select(agree, ofOriginal, tf.constant(new int[] {classes})));
  }

  private Operand<TFloat32> scores(Operand<TBool> agree) {
    Operand<TFloat32> appended =
        tf.pad(original, tf.constant(new int[][] {{0, 0}, {0, 1}}), tf.constant(0f));
    float[] backdoored = new float[classes + 1];
    backdoored[classes] = 1;
    return tf.select(tf.expandDims(agree, tf.constant(1)), appended, tf.constant(backdoored));
  }
}
