package backsweep.report;

import backsweep.store.Tables.RepairedNetworkRow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A repaired network.
 *
 * @param repair its row
 * @param measures on every poisoned set, or on none where there is no such set
 */
public record RepairFindings(RepairedNetworkRow repair, List<Measures> measures) {

  /** By the tolerated loss, before fine-tuning and then after it. */
  static final Comparator<RepairFindings> ORDER =
      Comparator.<RepairFindings>comparingDouble(one -> one.repair().dropPercent())
          .thenComparing(one -> one.repair().rule())
          .thenComparing(one -> one.repair().fineTuned());

  /** Copies the list. */
  public RepairFindings {
    measures = List.copyOf(measures);
  }

  /** Whether a network came of it. */
  public boolean isMade() {
    return repair.step() != null;
  }

  /** The measures on the poisoned set that the repair helps least against. */
  public Optional<Measures> worst() {
    return measures.stream()
        .filter(one -> one.effectiveness().isPresent())
        .min(Comparator.comparingDouble(one -> one.effectiveness().get()))
        .or(() -> measures.stream().findFirst());
  }
}
