package backsweep.tensorflow;

import java.util.List;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** How layers work while a network learns. */
interface LearningMode extends LoweringMode {

  /** The operations that change what follows no gradient; add them where gradients are known. */
  List<Op> updates(Ops after);

  /** The mode in which batch normalisation works in a way. */
  static LearningMode of(Pupil.Normalization normalization, Ops tf, LearnedWeights weights) {
    return switch (normalization) {
      case BATCH -> new TrainingMode(tf, weights);
      case INFERENCE -> new TrainedMode(weights);
    };
  }
}
