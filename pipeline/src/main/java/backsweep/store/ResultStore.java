package backsweep.store;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import backsweep.store.Tables.UnitRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The result tables of one output as Parquet, {@code results/<table>/batch=<id>/}.
 *
 * <p>Files are only ever added; readers count only rows whose unit and attempt are in the table
 * {@code units} with status {@code done}. Where several attempts of a unit are, the latest one
 * counts: a unit is done again only where what the one before left was damaged. A latest attempt
 * that failed takes the one before with it.
 */
public final class ResultStore {

  private static final Comparator<UnitRow> LATER =
      comparing(UnitRow::finished).thenComparing(UnitRow::attempt);

  private final SparkSession spark;
  private final SharedFiles files;
  private final String results;

  /** The tables under an output directory. */
  public ResultStore(SparkSession spark, String output) {
    this.spark = spark;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.results = output + "/results/";
  }

  /** Adds rows to a batch of a table; nothing where there are none. */
  public <R extends Record> void write(Table<R> table, String batch, List<R> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<Row> values = rows.stream().map(table::toRow).toList();
    JobDescription.during(
        spark, "write table " + table.name(), () -> writeFile(table, batch, values));
  }

  private void writeFile(Table<?> table, String batch, List<Row> rows) {
    String folder = folder(table) + "/batch=" + batch;
    Dataset<Row> frame = spark.createDataFrame(rows, table.schema()).coalesce(1);
    ParquetFolder.write(frame.write().mode(SaveMode.Append), folder, folder);
  }

  /**
   * The rows of a table that count, in no particular order; none where it was never written. Of
   * {@link Tables#UNITS} all rows, failed ones too.
   *
   * @throws UnreadableResultsException if a file cannot be read
   */
  public <R extends Record> List<R> committed(Table<R> table) {
    if (!isWritten(table)) {
      return List.of();
    }
    Dataset<Row> rows = read(table);
    if (!table.equals(Tables.UNITS)) {
      rows = rows.join(committedAttempts(), new String[] {"unit", "attempt"}, "left_semi");
    }
    return collect(table, rows);
  }

  /**
   * Which of some units are committed, each with the attempt that counts.
   *
   * @param units their ids
   * @throws UnreadableResultsException if a file cannot be read
   */
  public Map<String, String> committedAttempts(Collection<String> units) {
    if (!isWritten(Tables.UNITS)) {
      return Map.of();
    }
    Dataset<Row> rows = read(Tables.UNITS).where(col("unit").isin(units.toArray()));
    return latest(rows)
        .filter(row -> row.status().equals("done"))
        .collect(toMap(UnitRow::unit, UnitRow::attempt));
  }

  /**
   * Which units of a kind failed when they were tried last, each with the reason.
   *
   * @throws UnreadableResultsException if a file cannot be read
   */
  public Map<String, String> failures(Unit.Kind kind) {
    if (!isWritten(Tables.UNITS)) {
      return Map.of();
    }
    Dataset<Row> rows = read(Tables.UNITS).where(col("kind").equalTo(kind.tableName()));
    return latest(rows)
        .filter(row -> row.status().equals("failed"))
        .collect(toMap(UnitRow::unit, row -> String.valueOf(row.reason())));
  }

  private Stream<UnitRow> latest(Dataset<Row> units) {
    return collect(Tables.UNITS, units).stream()
        .collect(toMap(UnitRow::unit, row -> row, BinaryOperator.maxBy(LATER)))
        .values()
        .stream();
  }

  /**
   * The rows of some attempts, in no particular order.
   *
   * @param attempts by the ids of their units
   * @throws UnreadableResultsException if a file cannot be read
   */
  public <R extends Record> List<R> rows(Table<R> table, Map<String, String> attempts) {
    if (attempts.isEmpty() || !isWritten(table)) {
      return List.of();
    }
    return collect(
        table,
        read(table)
            .where(col("unit").isin(attempts.keySet().toArray()))
            .where(col("attempt").isin(attempts.values().toArray())));
  }

  private boolean isWritten(Table<?> table) {
    return files.exists(folder(table)) && files.exists(folder(Tables.UNITS));
  }

  private Dataset<Row> committedAttempts() {
    return read(Tables.UNITS)
        .groupBy("unit")
        .agg(max(struct("finished", "attempt", "status")).as("latest"))
        .where("latest.status = 'done'")
        .select("unit", "latest.attempt");
  }

  /** By the table's own schema: a column that a batch was written without is null. */
  private Dataset<Row> read(Table<?> table) {
    return reading(table, () -> spark.read().schema(table.schema()).parquet(folder(table)));
  }

  private <R extends Record> List<R> collect(Table<R> table, Dataset<Row> rows) {
    return reading(table, rows::collectAsList).stream().map(table::fromRow).toList();
  }

  private <T> T reading(Table<?> table, Supplier<T> action) {
    try {
      return JobDescription.during(spark, "read table " + table.name(), action);
    } catch (Exception e) { // Scala throws checked ones without saying so
      throw new UnreadableResultsException(folder(table), e);
    }
  }

  private String folder(Table<?> table) {
    return results + table.name();
  }
}
