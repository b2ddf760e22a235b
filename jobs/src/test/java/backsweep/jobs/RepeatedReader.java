package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the curves of an output again and again while others write to it, by the clause of the
 * README's query that says which rows count.
 */
final class RepeatedReader implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final List<String> TABLES = List.of("units", "pruning_curve");

  private final Path results;
  private final Thread thread = new Thread(this::run, "reader");
  private final List<List<Step>> reads = new ArrayList<>();
  private volatile boolean isOver;
  private volatile Throwable failure;

  /** A row of a curve. */
  private record Step(String network, String imageSet, int step, long labelHits) {

    private static Step of(Map<String, Object> row) {
      return new Step(
          (String) row.get("network"),
          (String) row.get("imageSet"),
          (Integer) row.get("step"),
          ((Number) row.get("labelHits")).longValue());
    }

    private String curve() {
      return network + " on " + imageSet;
    }
  }

  private RepeatedReader(Path results) {
    this.results = results;
  }

  /** Starts to read, in this JVM, as soon as there is something. */
  static RepeatedReader of(Path output) {
    RepeatedReader reader = new RepeatedReader(output.resolve("results"));
    reader.thread.start();
    return reader;
  }

  private void run() {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 1)
            .getOrCreate()) {
      String query = query();
      Await.until("rows", () -> isOver || TABLES.stream().allMatch(this::isWritten));
      while (!isOver) {
        reads.add(read(spark, query));
        Await.pause(PAUSE);
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  private boolean isWritten(String table) {
    return FileTree.of(results.resolve(table)).ending(".parquet").findAny().isPresent();
  }

  /** What counts is said as in the README; there are more networks than one here. */
  private static String query() throws IOException {
    String readme = Files.readString(LauncherCall.LAUNCHER.resolve("../../README.md").normalize());
    int begin = readme.indexOf("WITH counted AS", readme.indexOf("```sql\n"));
    String counted = readme.substring(begin, readme.indexOf("\nSELECT", begin));
    return counted
        + " SELECT network, image_set, step, label_hits"
        + " FROM pruning_curve JOIN counted USING (unit, attempt)";
  }

  private List<Step> read(SparkSession spark, String query) {
    for (String table : TABLES) {
      spark.read().parquet(results.resolve(table).toString()).createOrReplaceTempView(table);
    }
    return spark.sql(query).collectAsList().stream()
        .map(row -> new Step(row.getString(0), row.getString(1), row.getInt(2), row.getLong(3)))
        .toList();
  }

  @Override
  public void close() {
    isOver = true;
    Await.until("the end of the reader", () -> !thread.isAlive());
  }

  /**
   * Checks that it saw the curves come: never a part of one, never a row twice, and none that is
   * not there in the end.
   *
   * @param rows of all curves in the end
   */
  void assertSawOnlyWhatCounts(List<Map<String, Object>> rows) {
    assertThat(failure).isNull();
    Set<Step> all = rows.stream().map(Step::of).collect(Collectors.toSet());
    Map<String, Long> lengths = lengths(List.copyOf(all));
    Set<Step> before = Set.of();
    Set<Integer> sizes = new HashSet<>();
    for (List<Step> read : reads) {
      assertThat(read).doesNotHaveDuplicates();
      assertThat(all).containsAll(read);
      assertThat(new HashSet<>(read)).containsAll(before);
      assertThat(lengths).containsAllEntriesOf(lengths(read));
      before = Set.copyOf(read);
      sizes.add(read.size());
    }
    System.out.printf("%d reads while a sweep wrote, of %s rows%n", reads.size(), sizes);
    assertThat(sizes).as("sizes of what was read").hasSizeGreaterThan(1);
  }

  private static Map<String, Long> lengths(List<Step> steps) {
    return steps.stream().collect(Collectors.groupingBy(Step::curve, Collectors.counting()));
  }
}
