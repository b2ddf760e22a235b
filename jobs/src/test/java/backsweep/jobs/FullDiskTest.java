package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full says so once, and when there is room the same command comes to its end. */
class FullDiskTest {

  /** Where in a run the disk is full, in thousandths of all bytes. */
  private static final List<Integer> PLACES = List.of(0, 300, 950, 995);

  private static final Pattern UNFINISHED = Pattern.compile("(.*/)?(\\.[^/]*|unfinished-[^/]*)");

  @TempDir private Path folder;

  @AfterEach
  void unmount() {
    FullFileSystem.unmount();
  }

  private Outcome run(Path output, long room) {
    FullFileSystem.mount(room);
    return DefendCall.into(output)
        .reporting("bn_after")
        .with("--drop-percent", 2)
        .with("--output", "full:" + output)
        .run();
  }

  @Test
  void saysSoInOneLineAndIsNoObstacleLater() {
    Path whole = folder.resolve("whole");
    assertThat(run(whole, Long.MAX_VALUE).code()).isZero();
    long bytes = FullFileSystem.taken();
    Map<String, List<String>> tables = tables(whole);
    for (int place : PLACES) {
      Path output = folder.resolve("full-at-" + place);

      assertFull(run(output, bytes * place / 1000), output);
      assertNothingIsHalf(output, whole);
      Outcome again = run(output, Long.MAX_VALUE);

      assertThat(again.err()).isEmpty();
      assertThat(again.code()).isZero();
      assertThat(tables(output)).as("full at %d", place).isEqualTo(tables);
    }
  }

  private static void assertFull(Outcome outcome, Path output) {
    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .startsWith("backsweep: full:" + output)
        .endsWith(
            ": could not be written: No space left on device; make room there, then run the same"
                + " command again");
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.log()).doesNotContain("ERROR", "WARN", "Exception");
  }

  /** Repairs are whole or not there, and no file waits for its name. */
  private static void assertNothingIsHalf(Path output, Path whole) {
    for (String kind : List.of("repaired", "goodnet")) {
      FileTree files = FileTree.of(output.resolve(kind)).files();
      files
          .entries()
          .keySet()
          .forEach(
              file ->
                  assertThat(output.resolve(kind).resolve(file))
                      .hasSameBinaryContentAs(whole.resolve(kind).resolve(file)));
    }
    assertThat(FileTree.of(output).entries().keySet())
        .noneMatch(path -> UNFINISHED.matcher(path).matches());
    assertThat(Files.exists(output.resolve(".lock"))).isFalse();
  }

  /** The rows that count, without what differs from run to run. */
  private static Map<String, List<String>> tables(Path output) {
    Map<String, List<String>> tables = new TreeMap<>();
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      ResultStore store = new ResultStore(spark, output.toString());
      for (Table<?> table : Tables.all()) {
        if (!table.equals(Tables.UNITS)) {
          tables.put(
              table.name(),
              store.committed(table).stream()
                  .map(row -> row.toString().replaceAll("attempt=[^,]*", ""))
                  .sorted()
                  .toList());
        }
      }
    }
    return tables;
  }
}
