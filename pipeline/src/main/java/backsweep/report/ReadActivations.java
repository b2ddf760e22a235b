package backsweep.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import backsweep.store.ResultStore;
import backsweep.store.Tables;
import backsweep.store.Tables.ActivationRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads mean activations; of several sets of one name those count that were measured last. */
final class ReadActivations {

  private final Lineage lineage;

  /** By the unit of the statistics that they belong to, and by their own. */
  private final Map<String, Map<String, List<ActivationRow>>> rows;

  ReadActivations(ResultStore store, Lineage lineage) {
    this.lineage = lineage;
    this.rows =
        store.rows(Tables.ACTIVATIONS, lineage.done()).stream()
            .collect(
                groupingBy(
                    row -> lineage.ingredient(row.unit(), "statistics"),
                    groupingBy(ActivationRow::unit)));
  }

  /** Those of a network's sets, the clean one first, then by name. */
  List<SetActivations> of(String statistics) {
    Map<String, String> latest = new TreeMap<>();
    Map<String, List<ActivationRow>> units = rows.getOrDefault(statistics, Map.of());
    units.forEach(
        (unit, ofUnit) ->
            latest.merge(
                ofUnit.get(0).imageSet(),
                unit,
                (one, other) -> lineage.isLater(one, other) ? one : other));
    return latest.values().stream()
        .map(unit -> SetActivations.of(units.get(unit)))
        .sorted(comparing(SetActivations::role).thenComparing(SetActivations::name))
        .toList();
  }
}
