package backsweep.stages;

import backsweep.inference.CutPredictor;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;

/**
 * A network cut at its pruning point, as it travels to the executors.
 *
 * @param prefix images to the tensors that cross the cut; runs once an image
 * @param suffix those tensors and a step to a class; runs once for every step that matters
 * @param channels channels of the pruned convolution
 * @param masksAllCross whether a channel that is 0 wherever the cut is cannot change the answer
 * @param batches how many images, and pairs of an image and a step, run at a time
 */
record CutModels(
    SavedModel prefix, SavedModel suffix, int channels, boolean masksAllCross, BatchSizes batches)
    implements Serializable {

  /** The models of a network at its pruning point. */
  static CutModels of(NetworkModels models, PruningPoint point, BatchSizes batches) {
    return new CutModels(
        models.prefix(point),
        models.suffix(point),
        point.channels(),
        point.cut().masksAllCross(),
        batches);
  }

  /** What runs them on this executor; close it. */
  CutPredictor predictor() {
    return new CutPredictor(prefix, suffix, ExecutorThreads.here(), batches.pairs());
  }
}
