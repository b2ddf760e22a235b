package backsweep.report;

import static java.util.Comparator.comparingDouble;

import backsweep.evaluation.RepairWorth;
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

  /**
   * The measures on the poisoned set that the repair helps least against; where nobody knows how
   * much it helps, on the one of the greatest attack success.
   */
  public Optional<Measures> worst() {
    return measures.stream()
        .filter(one -> one.effectiveness().isPresent())
        .min(comparingDouble(one -> one.effectiveness().orElseThrow()))
        .or(() -> measures.stream().max(comparingDouble(one -> one.attackSuccess().orElse(-1.0))));
  }

  /** What tells whether it is the best of several. */
  RepairWorth worth(String criterion) {
    return new RepairWorth(
        worst().flatMap(Measures::effectiveness),
        measures.stream().flatMap(one -> one.attackSuccess().stream()).max(Double::compare),
        measures.stream().flatMap(one -> one.cleanAccuracy().stream()).findFirst(),
        repair.fineTuned(),
        repair.dropPercent(),
        criterion);
  }
}
