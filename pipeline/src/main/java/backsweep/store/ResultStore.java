package backsweep.store;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import backsweep.store.Tables.UnitRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

  /** Readers of Parquet pass over such names, if they look into {@code results} at all. */
  private static final String UNFINISHED = "_unfinished-";

  private final SparkSession spark;
  private final SharedFiles files;
  private final String results;
  private final PublicText texts;

  /** The tables under an output directory. */
  public ResultStore(SparkSession spark, String output) {
    this.spark = spark;
    Configuration configuration = spark.sessionState().newHadoopConf();
    this.files = new SharedFiles(configuration);
    this.texts = new PublicText(configuration);
    this.results = output + "/results/";
  }

  /** Adds rows, as {@link PublicText} has their texts, to a batch; nothing where there are none. */
  public <R extends Record> void write(Table<R> table, String batch, List<R> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<Row> values = rows.stream().map(row -> published(table.toRow(row))).toList();
    JobDescription.during(
        spark, "write table " + table.name(), () -> writeFile(table, batch, values));
  }

  private Row published(Row row) {
    Object[] values = new Object[row.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i) instanceof String text ? texts.of(text) : row.get(i);
    }
    return RowFactory.create(values);
  }

  /**
   * Spark has files under work in folders that come and go, which would trouble who lists the table
   * meanwhile; so it writes elsewhere, and what is whole is moved.
   */
  private void writeFile(Table<?> table, String batch, List<Row> rows) {
    String folder = folder(table) + "/batch=" + batch;
    String work = results + UNFINISHED + UUID.randomUUID();
    Dataset<Row> frame = spark.createDataFrame(rows, table.schema()).coalesce(1);
    try {
      ParquetFolder.write(frame.write(), work, folder);
      files.moveInto(folder, work, name -> name.endsWith(".parquet"));
    } finally {
      files.delete(work);
    }
  }

  /** Deletes what runs left that were killed while they wrote; for the only writer. */
  public void removeUnfinished() {
    files.list(results).stream()
        .filter(name -> name.startsWith(UNFINISHED))
        .forEach(name -> files.delete(results + name));
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
   * The latest attempt at each of some units, by their ids; none at those that nobody tried.
   *
   * @throws UnreadableResultsException if a file cannot be read
   */
  public Map<String, UnitRow> latest(Collection<String> units) {
    return latest(col("unit").isin(units.toArray()));
  }

  /**
   * The latest attempt at each unit of a kind, by their ids.
   *
   * @throws UnreadableResultsException if a file cannot be read
   */
  public Map<String, UnitRow> latest(Unit.Kind kind) {
    return latest(col("kind").equalTo(kind.tableName()));
  }

  /**
   * The latest attempt at each unit, by their ids.
   *
   * @throws UnreadableResultsException if a file cannot be read
   */
  public Map<String, UnitRow> latest() {
    return latest(lit(true));
  }

  private Map<String, UnitRow> latest(Column which) {
    return isWritten(Tables.UNITS)
        ? collect(Tables.UNITS, read(Tables.UNITS).where(which)).stream()
            .collect(toMap(UnitRow::unit, row -> row, BinaryOperator.maxBy(UnitRow.LATER)))
        : Map.of();
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
