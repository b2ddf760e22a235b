package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of an output that count, without what tells one attempt at a unit from another.
 *
 * @param rows by table; a double equals another only if all their bits do
 */
record CommittedTables(Map<String, List<Map<String, Object>>> rows) {

  /** Where nothing is fine-tuned, and no other detector asked for. */
  private static final Set<String> LEFT_EMPTY =
      Set.of(Tables.FINE_TUNED_COUNTS.name(), Tables.ENTROPIES.name());

  /** {@code versions} names the master and the threads. */
  private static final Set<String> OF_THE_ATTEMPT =
      Set.of("attempt", "started", "finished", "versions");

  /** The rows that count in an output, each as often as it counts. */
  static CommittedTables of(Path output) {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate()) {
      ResultStore store = new ResultStore(spark, output.toString());
      Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
      for (Table<?> table : Tables.all()) {
        rows.put(
            table.name(),
            countedOnce(table, store.committed(table).stream().map(CommittedTables::values))
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList());
      }
      return new CommittedTables(rows);
    }
  }

  /** The table of units keeps all attempts at a unit; its rows in other tables count once. */
  private static Stream<Map<String, Object>> countedOnce(
      Table<?> table, Stream<Map<String, Object>> rows) {
    return table.equals(Tables.UNITS) ? rows.distinct() : rows;
  }

  private static Map<String, Object> values(Record row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      if (!OF_THE_ATTEMPT.contains(component.getName())) {
        try {
          values.put(component.getName(), component.getAccessor().invoke(row));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return values;
  }

  /** Checks that there is something in every table that a plain defence fills. */
  void assertFilled() {
    assertEmptyAre(LEFT_EMPTY);
  }

  /** Checks that there is something in every table. */
  void assertAllFilled() {
    assertEmptyAre(Set.of());
  }

  private void assertEmptyAre(Set<String> empty) {
    assertThat(rows)
        .allSatisfy((table, found) -> assertThat(found.isEmpty()).isEqualTo(empty.contains(table)));
  }
}
