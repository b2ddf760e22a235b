package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.StoredDefence;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results do not depend on partitions, to the last bit. */
class PartitionsTest {

  private static final Set<String> OF_THE_ATTEMPT = Set.of("attempt", "started", "finished");

  @TempDir private Path folder;

  static Stream<Golden> experiments() {
    return Stream.of(Golden.BN_AFTER, Golden.LAB_IMPRESSIONS);
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyTableIsTheSameForOneTwoAndSevenPartitions(Golden golden) {
    Map<String, List<Map<String, Object>>> one = tables(golden, 1);

    assertThat(one).hasSameSizeAs(Tables.all());
    assertThat(one)
        .allSatisfy(
            (table, rows) ->
                assertThat(rows.isEmpty()).isEqualTo(StoredDefence.LEFT_EMPTY.contains(table)));
    for (int partitions : new int[] {2, 7}) {
      tables(golden, partitions)
          .forEach(
              (table, rows) ->
                  assertThat(rows)
                      .as("%s, %d partitions", table, partitions)
                      .containsExactlyInAnyOrderElementsOf(one.get(table)));
    }
  }

  /** All rows by table; doubles are equal only if all their bits are. */
  private Map<String, List<Map<String, Object>>> tables(Golden golden, int partitions) {
    Path output = folder.resolve("out-" + partitions);
    DefendNetwork defend = golden.defend(output, partitions);
    defend.execute(defend.plan(), Run.begin(Map.of("version", "test")));
    ResultStore store = new ResultStore(LocalSpark.session(), output.toString());
    Map<String, List<Map<String, Object>>> tables = new LinkedHashMap<>();
    for (Table<?> table : Tables.all()) {
      tables.put(
          table.name(), store.committed(table).stream().map(PartitionsTest::values).toList());
    }
    return tables;
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
}
