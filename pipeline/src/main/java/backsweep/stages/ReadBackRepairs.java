package backsweep.stages;

import backsweep.keras.KerasFileException;
import backsweep.modelfiles.KerasReader;
import backsweep.network.ChannelMask;
import backsweep.network.Footprint;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Network;
import backsweep.network.Weights;
import backsweep.pruning.PruningOrder;
import backsweep.stages.Repair.Verification;
import backsweep.stages.VerifyRepairs.ReadBack;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NetworkModels;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads repaired files back: all their weights must be those of the original with the pruned
 * channels at 0, and their answers those of the curve.
 */
final class ReadBackRepairs {

  /** The most bytes of weights of repairs that are compared in one pass: 256 MiB. */
  private static final long MOST_BYTES = 1L << 28;

  private final SharedFiles files;
  private final DefencePlan plan;
  private final String output;

  ReadBackRepairs(SharedFiles files, DefencePlan plan, String output) {
    this.files = files;
    this.plan = plan;
    this.output = output;
  }

  /**
   * The repairs with what came of reading them back; those without a file as they are. As many are
   * in memory at a time as {@link #MOST_BYTES} hold.
   *
   * @param compare compares the answers of networks that were read back with the curve
   */
  List<Repair> execute(
      List<Repair> repairs,
      PruningOrder order,
      Function<List<ReadBack>, List<Verification>> compare) {
    List<Repair> results = new ArrayList<>(repairs);
    Map<Integer, ReadBack> readBack = new TreeMap<>();
    for (int place = 0; place < repairs.size(); place++) {
      Repair repair = repairs.get(place);
      if (repair.file().isPresent()) {
        try {
          readBack.put(place, readBack(repair, order));
        } catch (DamagedRepairException e) {
          results.set(place, repair.verified(new Verification(0, Optional.of(e.getMessage()))));
        }
      }
      if (readBack.size() >= together()) {
        settle(readBack, results, compare);
      }
    }
    settle(readBack, results, compare);
    return results;
  }

  /** How many repairs are compared in one pass over the images. */
  private long together() {
    return Math.max(
        1, MOST_BYTES / Math.max(1, Footprint.weightBytes(plan.subject().network().graph())));
  }

  private static void settle(
      Map<Integer, ReadBack> readBack,
      List<Repair> results,
      Function<List<ReadBack>, List<Verification>> compare) {
    Iterator<Verification> found = compare.apply(List.copyOf(readBack.values())).iterator();
    readBack
        .keySet()
        .forEach(place -> results.set(place, results.get(place).verified(found.next())));
    readBack.clear();
  }

  /** Its file is not what was written. */
  static final class DamagedRepairException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private DamagedRepairException(String message) {
      super(message);
    }
  }

  private ReadBack readBack(Repair repair, PruningOrder order) {
    int step = repair.step().getAsInt();
    Weights masked = masked(order.maskAt(step)).weights();
    Network network = read(repair.file().orElseThrow(), masked);
    float inputScale = plan.subject().file().inputScale();
    return new ReadBack(step, new NetworkModels(network, inputScale).whole());
  }

  private Network masked(ChannelMask mask) {
    return plan.subject().network().pruned(plan.point().convolution(), mask);
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
