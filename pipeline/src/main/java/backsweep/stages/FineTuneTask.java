package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.network.ChannelMask;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Weights;
import backsweep.tensorflow.DivergedException;
import backsweep.training.FineTuning;
import backsweep.training.PrunableNetwork;
import backsweep.training.Studio;
import backsweep.training.TrainingImages;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Fine-tunes one pruned network, on an executor.
 *
 * @param name of the network and its repairs, for the log
 * @param network before pruning
 * @param kept the channels that are not pruned
 * @param how it learns
 */
record FineTuneTask(
    String name, Broadcast<PrunableNetwork> network, ChannelMask kept, FineTuning how)
    implements Serializable {

  /**
   * What became of it.
   *
   * @param weights after learning; null where that failed
   * @param failure why; null where it did not
   */
  record Outcome(Weights weights, String failure) implements Serializable {}

  /** Learns from all blocks of a set, which come in any order; gives one outcome. */
  Iterator<Outcome> tune(Iterator<ImageBlock> blocks, ImageCount count) {
    try {
      return List.of(new Outcome(learn(blocks, count), null)).iterator();
    } catch (DivergedException | UnsupportedNetworkException | IllegalArgumentException e) {
      return List.of(new Outcome(null, String.valueOf(e.getMessage()))).iterator();
    }
  }

  private Weights learn(Iterator<ImageBlock> blocks, ImageCount count) {
    TrainingImages images = ExecutorImages.gather(blocks, ImageSet.FINE_TUNING);
    Studio studio = new Studio(NetworkTask.threads(), new LoggedTraining(name, count));
    return how.tune(network.value(), kept, images, studio).weights();
  }
}
