package backsweep.tensorflow;

import backsweep.network.BatchNormalization;
import backsweep.network.Node;
import backsweep.network.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * For learning: weights are variables, and batch normalisation takes the statistics of the batch,
 * which its moving ones follow.
 */
final class TrainingMode implements LearningMode {

  /**
   * What a moving statistic keeps of itself in a step. With Keras' default, 0.99, it would still be
   * on its way after the few hundred steps that a small training takes.
   */
  static final float MOMENTUM = 0.9f;

  /**
   * How a moving statistic goes after a step.
   *
   * @param variable the moving statistic
   * @param batch that of the batch
   */
  private record Moving(Operand<TFloat32> variable, Operand<TFloat32> batch) {}

  private final Ops tf;
  private final LearnedWeights weights;
  private final List<Moving> moving = new ArrayList<>();

  TrainingMode(Ops tf, LearnedWeights weights) {
    this.tf = tf;
    this.weights = weights;
  }

  @Override
  public Operand<TFloat32> variable(Tensor tensor) {
    return weights.of(tensor);
  }

  @Override
  public Operand<TFloat32> lower(Node node, LoweringPlace place) {
    return node.layer() instanceof BatchNormalization normalization
        ? normalized(normalization, place)
        : Lowerings.lower(node.layer(), place);
  }

  private Operand<TFloat32> normalized(BatchNormalization layer, LoweringPlace place) {
    int rank = place.inputShape().rank();
    Operand<org.tensorflow.types.TInt32> axes = rank == 3 ? tf.array(0, 1, 2) : tf.array(0);
    Operand<TFloat32> mean = tf.math.mean(place.input(), axes);
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.squaredDifference(place.input(), tf.stopGradient(mean)), axes);
    moving.add(new Moving(place.variable("moving_mean"), mean));
    moving.add(new Moving(place.variable("moving_variance"), variance));
    return Normalize.by(layer, place, mean, variance);
  }

  @Override
  public List<Op> updates(Ops after) {
    List<Op> updates = new ArrayList<>();
    for (Moving one : moving) {
      Operand<TFloat32> way = after.math.sub(one.variable(), one.batch());
      updates.add(
          after.assignSub(one.variable(), after.math.mul(way, after.constant(1 - MOMENTUM))));
    }
    return updates;
  }
}
