package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.network.Footprint;
import backsweep.stages.ReadBackRepairs.DamagedRepairException;
import backsweep.stages.Repair.Verification;
import backsweep.stages.VerifyRepairs.Wanted;
import backsweep.store.ImportedImages;
import backsweep.store.SharedFiles;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Verification of repairs, of any networks: their files are read back, as many at a time as memory
 * holds, and their answers compared with the curves.
 */
final class VerifyRun {

  /** The most bytes of weights of repairs that are compared in one job: 256 MiB. */
  private static final long MOST_BYTES = 1L << 28;

  private final SharedFiles files;
  private final VerifyRepairs verify;
  private final Function<DefencePlan, CutModels> cut;

  /**
   * Verifies files of an output.
   *
   * @param cut the network of a plan, cut at its pruning point
   */
  VerifyRun(SharedFiles files, VerifyRepairs verify, Function<DefencePlan, CutModels> cut) {
    this.files = files;
    this.verify = verify;
    this.cut = cut;
  }

  /**
   * The repairs with what came of it, in their order; those without a file as they are.
   *
   * @param images of all sets
   */
  List<Repair> execute(List<PrunedNetwork> made, Map<ImageSet, ImportedImages> images) {
    List<Repair> results = new ArrayList<>(made.stream().map(PrunedNetwork::repair).toList());
    Map<Integer, Wanted> together = new TreeMap<>();
    long bytes = 0;
    for (int place = 0; place < made.size(); place++) {
      if (results.get(place).file().isPresent()) {
        bytes += Footprint.weightBytes(made.get(place).plan().subject().network().graph());
        try {
          together.put(place, wanted(made.get(place), images));
        } catch (DamagedRepairException e) {
          Verification damaged = new Verification(0, Optional.of(e.getMessage()));
          results.set(place, results.get(place).verified(damaged));
        }
      }
      if (bytes >= MOST_BYTES) {
        settle(together, results);
        bytes = 0;
      }
    }
    settle(together, results);
    return results;
  }

  private Wanted wanted(PrunedNetwork made, Map<ImageSet, ImportedImages> images) {
    Defence defence = made.defence();
    ReadBackRepairs readBack = new ReadBackRepairs(files, made.plan(), defence.output());
    return new Wanted(
        cut.apply(made.plan()),
        readBack.pruned(made.repair(), defence.order()),
        made.plan().sets().stream().map(images::get).toList());
  }

  private void settle(Map<Integer, Wanted> together, List<Repair> results) {
    Iterator<Verification> found = verify.execute(List.copyOf(together.values())).iterator();
    together
        .keySet()
        .forEach(place -> results.set(place, results.get(place).verified(found.next())));
    together.clear();
  }
}
