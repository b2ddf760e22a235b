package backsweep.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.UnitRow;
import backsweep.store.Unit.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What failed and was not mended since: neither by the same work with other settings, nor, of a
 * network as a whole, by any repair.
 */
final class ReadFailures {

  private static final String WHOLE = Kind.DEFENCE.tableName();
  private static final Set<String> LAST_STAGES =
      Set.of(Kind.REPAIR.tableName(), Kind.FINE_TUNING.tableName(), Kind.EVALUATION.tableName());

  private final Lineage lineage;
  private final Map<Work, UnitRow> last = new HashMap<>();
  private final Map<String, List<UnitRow>> repairs;
  private final Map<String, List<NetworkRow>> byFile;

  /** Of all networks that were defended, by any settings. */
  ReadFailures(Lineage lineage, List<NetworkRow> networks) {
    this.lineage = lineage;
    lineage.latest().forEach(unit -> last.put(work(unit), unit));
    this.repairs =
        lineage.latest().stream()
            .filter(unit -> unit.isDone() && LAST_STAGES.contains(unit.kind()))
            .collect(groupingBy(UnitRow::network));
    this.byFile = networks.stream().collect(groupingBy(NetworkRow::file));
  }

  /** A piece of work, whatever its settings. */
  private record Work(
      String kind,
      String network,
      String layer,
      String criterion,
      String role,
      String rule,
      String drop) {}

  private Work work(UnitRow unit) {
    String id = unit.unit();
    return new Work(
        unit.kind(),
        unit.network(),
        unit.kind().equals(WHOLE)
            ? lineage.ingredient(id, "layer")
            : lineage.ingredient(statistics(unit), "layer"),
        criterion(unit),
        lineage.ingredient(id, "role"),
        lineage.ingredient(id, "rule"),
        lineage.ingredient(id, "drop_percent"));
  }

  /** The curve of a criterion, a repair or a detector. */
  private String curve(UnitRow unit) {
    return unit.kind().equals(Kind.CURVE.tableName())
        ? unit.unit()
        : lineage.validationCurve(unit.unit());
  }

  private String statistics(UnitRow unit) {
    return lineage.ingredient(curve(unit), "statistics");
  }

  private String criterion(UnitRow unit) {
    return lineage.ingredient(curve(unit), "criterion");
  }

  /**
   * In the order in which they failed.
   *
   * @param older statistics that later ones have replaced, with all that was made of them
   */
  List<FailureFinding> without(Set<String> older) {
    return lineage.latest().stream()
        .filter(unit -> !unit.isDone())
        .filter(unit -> last.get(work(unit)).equals(unit))
        .filter(unit -> !older.contains(statistics(unit)))
        .filter(unit -> !unit.kind().equals(WHOLE) || !isMended(unit))
        .map(unit -> new FailureFinding(unit.network(), what(unit), unit.reason(), unit.finished()))
        .toList();
  }

  private boolean isMended(UnitRow failed) {
    String layer = lineage.ingredient(failed.unit(), "layer");
    return names(failed)
        .flatMap(name -> repairs.getOrDefault(name, List.of()).stream())
        .filter(unit -> layer.isEmpty() || work(unit).layer().equals(layer))
        .anyMatch(unit -> UnitRow.LATER.compare(unit, failed) > 0);
  }

  /** A network whose file could not be read has no hash in its name, but a path. */
  private Stream<String> names(UnitRow failed) {
    String file = lineage.ingredient(failed.unit(), "network");
    return Stream.concat(
        Stream.of(failed.network()),
        byFile.getOrDefault(file, List.of()).stream().map(NetworkRow::network))
        .collect(toSet())
        .stream();
  }

  private String what(UnitRow unit) {
    String criterion = criterion(unit);
    if (unit.kind().equals(WHOLE)) {
      return "the network";
    }
    if (unit.kind().equals(Kind.CURVE.tableName())) {
      return "criterion " + criterion;
    }
    String drop = lineage.ingredient(unit.unit(), "drop_percent");
    String kind = unit.kind().replace('_', '-');
    return drop.isEmpty() ? kind : Texts.of("%s at X = %s %%, %s", kind, drop, criterion);
  }
}
