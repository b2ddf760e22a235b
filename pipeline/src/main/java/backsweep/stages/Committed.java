package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables.UnitRow;
import backsweep.store.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What earlier runs committed of some units; each table is read once, when it is first asked. */
final class Committed {

  private final ResultStore store;
  private final Map<String, UnitRow> latest;
  private final Map<String, String> attempts;
  private final Map<Table<?>, Map<String, ? extends List<? extends Record>>> rows = new HashMap<>();

  /** Looks up which of the units are committed. */
  Committed(ResultStore store, Stream<Unit> units) {
    this.store = store;
    this.latest = store.latest(units.map(Unit::id).distinct().toList());
    this.attempts =
        latest.values().stream()
            .filter(UnitRow::isDone)
            .collect(toMap(UnitRow::unit, UnitRow::attempt));
  }

  /**
   * The rows of a unit in a table, in no particular order; empty where the unit is not committed.
   *
   * @param unitOf from a row to its unit
   */
  <R extends Record> Optional<List<R>> rows(Table<R> table, Function<R, String> unitOf, Unit unit) {
    if (!attempts.containsKey(unit.id())) {
      return Optional.empty();
    }
    List<? extends Record> found =
        rows.computeIfAbsent(table, key -> read(table, unitOf)).get(unit.id());
    return Optional.of(found == null ? List.of() : found.stream().map(table.type()::cast).toList());
  }

  /** Why a unit failed when it was tried last; empty where it did not, or never was. */
  Optional<Failure> failure(Unit unit) {
    return Optional.ofNullable(latest.get(unit.id())).filter(row -> !row.isDone()).map(Failure::of);
  }

  private <R extends Record> Map<String, List<R>> read(Table<R> table, Function<R, String> unitOf) {
    return store.rows(table, attempts).stream().collect(groupingBy(unitOf));
  }
}
