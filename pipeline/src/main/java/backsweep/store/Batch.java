package backsweep.store;

import backsweep.store.Tables.UnitRow;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Rows of one run, gathered by unit and written table by table, {@code units} last: until then none
 * of them counts.
 */
public final class Batch {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String id;
  private final Instant started;
  private final Map<String, String> versions;
  private final Map<Table<?>, List<Record>> rows = new LinkedHashMap<>();
  private final List<UnitRow> units = new ArrayList<>();

  /**
   * An empty batch.
   *
   * @param id under which its files are written, that of the run
   * @param started when the run was
   * @param versions of everything that computes it
   */
  public Batch(String id, Instant started, Map<String, String> versions) {
    this.id = id;
    this.started = started;
    this.versions = Map.copyOf(versions);
  }

  /** What identifies the rows of one attempt at a unit. */
  public record Attempt(String unit, String attempt, String network) {}

  /** Adds the rows of a unit of a network that was computed. */
  public void done(String network, Unit unit, Function<Attempt, List<TableRow<?>>> maker) {
    ended(network, unit, Optional.empty(), maker);
  }

  /** Adds the rows of a unit that failed; they never count, but say what there is. */
  public void failed(
      String network, Unit unit, String reason, Function<Attempt, List<TableRow<?>>> maker) {
    ended(network, unit, Optional.of(reason), maker);
  }

  /**
   * Adds the rows of a unit that was computed, or failed.
   *
   * @param failure why it failed, if it did
   */
  public void ended(
      String network,
      Unit unit,
      Optional<String> failure,
      Function<Attempt, List<TableRow<?>>> maker) {
    Attempt attempt = new Attempt(unit.id(), UUID.randomUUID().toString(), network);
    for (TableRow<?> row : maker.apply(attempt)) {
      rows.computeIfAbsent(row.table(), table -> new ArrayList<>()).add(row.row());
    }
    units.add(
        new UnitRow(
            attempt.unit(),
            attempt.attempt(),
            network,
            unit.kind().tableName(),
            failure.isPresent() ? "failed" : "done",
            failure.orElse(null),
            json(unit.ingredients()),
            json(versions),
            started,
            Instant.now()));
  }

  /** Writes everything; the units last. */
  public void writeTo(ResultStore store) {
    rows.forEach((table, records) -> write(store, table, records));
    store.write(Tables.UNITS, id, units);
  }

  private <R extends Record> void write(ResultStore store, Table<R> table, List<Record> records) {
    store.write(table, id, records.stream().map(table.type()::cast).toList());
  }

  private static String json(Map<String, String> map) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(map));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + map, e);
    }
  }
}
