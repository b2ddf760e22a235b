package backsweep.tensorflow;

import backsweep.network.BatchNormalization;
import backsweep.network.Node;
import backsweep.network.Tensor;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * As at inference, with the values that the variables have then: for answers in between, and for
 * learning that leaves moving statistics as they are.
 */
record TrainedMode(LearnedWeights weights) implements LearningMode {

  @Override
  public Operand<TFloat32> variable(Tensor tensor) {
    return weights.of(tensor);
  }

  @Override
  public List<Op> updates(Ops after) {
    return List.of();
  }

  @Override
  public Operand<TFloat32> lower(Node node, LoweringPlace place) {
    return node.layer() instanceof BatchNormalization normalization
        ? Normalize.by(
            normalization, place, place.variable("moving_mean"), place.variable("moving_variance"))
        : Lowerings.lower(node.layer(), place);
  }
}
