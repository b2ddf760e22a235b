package backsweep.tensorflow;

import backsweep.network.Network;
import backsweep.network.UnsupportedNetworkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
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
    LearningMode mode = LearningMode.of(pupil.normalization(), tf, weights);
    int scores = Loss.scores(network.graph());
    Operand<TFloat32> logits =
        NetworkLowering.in(mode, tf, network)
            .lower(List.of(scores), Map.of(0, input), pupil.select(tf))
            .get(scores);
    Operand<TFloat32> loss =
        tf.math.mean(Loss.crossEntropy(tf, logits, label, network.classes()), tf.constant(0));
    List<Variable<TFloat32>> variables = weights.followingGradients();
    List<Output<TFloat32>> gradients = Loss.gradients(tf, loss, variables);
    Ops after = tf.withControlDependencies(List.<Op>copyOf(gradients));
    AdamUpdates adam = new AdamUpdates(tf);
    List<Op> updates = new ArrayList<>(mode.updates(after));
    for (int place = 0; place < variables.size(); place++) {
      updates.add(adam.update(after, variables.get(place), gradients.get(place)));
    }
    return new TrainingGraph(loss, gradients, adam, tf.withControlDependencies(updates).noOp());
  }
}
