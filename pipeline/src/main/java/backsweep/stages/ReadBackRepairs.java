package backsweep.stages;

import backsweep.keras.KerasFileException;
import backsweep.modelfiles.KerasReader;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Network;
import backsweep.network.Weights;
import backsweep.pruning.PruningOrder;
import backsweep.stages.VerifyRepairs.ReadBack;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NetworkModels;

/** Reads repaired files of one plan back: all their weights must be what was written. */
final class ReadBackRepairs {

  private final SharedFiles files;
  private final DefencePlan plan;
  private final String output;

  ReadBackRepairs(SharedFiles files, DefencePlan plan, String output) {
    this.files = files;
    this.plan = plan;
    this.output = output;
  }

  /** Its file is not what was written. */
  static final class DamagedRepairException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private DamagedRepairException(String message) {
      super(message);
    }
  }

  /**
   * A pruned network as its file has it.
   *
   * @param repair with a file
   * @throws DamagedRepairException if its weights are not those of the original with the pruned
   *     channels at 0
   */
  ReadBack pruned(Repair repair, PruningOrder order) {
    int step = repair.step().getAsInt();
    Network masked =
        plan.subject().network().pruned(plan.point().convolution(), order.maskAt(step));
    Network network = read(repair.file().orElseThrow(), masked.weights());
    float inputScale = plan.subject().file().inputScale();
    return new ReadBack(order, step, new NetworkModels(network, inputScale).whole());
  }

  /**
   * The network in a repaired file.
   *
   * @param expected its weights
   * @throws DamagedRepairException if it has others, or cannot be read
   */
  Network read(Repair.File file, Weights expected) {
    Network network = read(file);
    if (!network.weights().sameValues(expected)) {
      throw new DamagedRepairException(
          "the weights of the repaired file, read back, are not those that were written");
    }
    return network;
  }

  private Network read(Repair.File file) {
    try {
      return files.withLocal(
          output + "/" + file.path(), plan.subject().file().architecture(), KerasReader::read);
    } catch (KerasFileException | InvalidNetworkException e) {
      throw new DamagedRepairException("the repaired file cannot be read back: " + e.getMessage());
    }
  }
}
