package backsweep.store;

import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The result tables of one output as Parquet, {@code results/<table>/batch=<id>/}.
 *
 * <p>A batch is written once and never changed; readers count only rows whose unit and attempt are
 * in the table {@code units} with status {@code done}. Where several attempts of a unit are, the
 * first one counts: the others found the same once more.
 */
public final class ResultStore {

  private final SparkSession spark;
  private final SharedFiles files;
  private final String results;

  /** The tables under an output directory. */
  public ResultStore(SparkSession spark, String output) {
    this.spark = spark;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.results = output + "/results/";
  }

  /** Writes rows as one batch of a table; nothing where there are none. */
  public <R extends Record> void write(Table<R> table, String batch, List<R> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<Row> values = rows.stream().map(table::toRow).toList();
    JobDescription.during(
        spark, "write table " + table.name(), () -> writeFile(table, batch, values));
  }

  private void writeFile(Table<?> table, String batch, List<Row> rows) {
    spark
        .createDataFrame(rows, table.schema())
        .coalesce(1)
        .write()
        .parquet(folder(table) + "/batch=" + batch);
  }

  /**
   * The rows of a table that count, in no particular order; none where it was never written. Of
   * {@link Tables#UNITS} all rows, failed ones too.
   */
  public <R extends Record> List<R> committed(Table<R> table) {
    if (!files.exists(folder(table)) || !files.exists(folder(Tables.UNITS))) {
      return List.of();
    }
    Dataset<Row> rows = read(table);
    if (!table.equals(Tables.UNITS)) {
      rows = rows.join(committedAttempts(), new String[] {"unit", "attempt"}, "left_semi");
    }
    return rows.collectAsList().stream().map(table::fromRow).toList();
  }

  private Dataset<Row> committedAttempts() {
    return read(Tables.UNITS)
        .where("status = 'done'")
        .groupBy("unit")
        .agg(min(struct("finished", "attempt")).as("first"))
        .select("unit", "first.attempt");
  }

  /** By the table's own schema: a column that a batch was written without is null. */
  private Dataset<Row> read(Table<?> table) {
    return spark.read().schema(table.schema()).parquet(folder(table));
  }

  private String folder(Table<?> table) {
    return results + table.name();
  }
}
