package backsweep.tensorflow;

import backsweep.network.BatchNormalization;
import backsweep.network.Node;
import backsweep.network.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** For answers in between: as at inference, with the values that the variables have then. */
record TrainedMode(LearnedWeights weights) implements LoweringMode {

  @Override
  public Operand<TFloat32> variable(Tensor tensor) {
    return weights.of(tensor);
  }

  @Override
  public Operand<TFloat32> lower(Node node, LoweringPlace place) {
    return node.layer() instanceof BatchNormalization normalization
        ? Normalize.by(
            normalization, place, place.variable("moving_mean"), place.variable("moving_variance"))
        : Lowerings.lower(node.layer(), place);
  }
}
