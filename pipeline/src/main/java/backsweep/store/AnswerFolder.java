package backsweep.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A folder of answers that is there whole or not at all: {@code answers/*.parquet}, {@code
 * answers.csv} with the same rows, {@code manifest.json}. It is made under a hidden name beside its
 * own and renamed at the end; what is not published is gone when this is closed.
 */
public final class AnswerFolder implements AutoCloseable {

  private static final String PARQUET = "answers";
  private static final String CSV = "answers.csv";
  private static final String MANIFEST = "manifest.json";

  /** As RFC 4180 has it: everything in quotes, quotes doubled, whatever names of files hold. */
  private static final Map<String, String> QUOTED =
      Map.of(
          "quoteAll", "true",
          "quote", "\"",
          "escape", "\"",
          "lineSep", "\n",
          "emptyValue", "",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  private final SparkSession spark;
  private final SharedFiles files;
  private final String output;
  private final String unfinished;

  /** The folder at a path, which is not made before something is written. */
  public AnswerFolder(SparkSession spark, String output) {
    this.spark = spark;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.output = files.qualified(output);
    this.unfinished = Publisher.unfinished(new Path(this.output)).toString();
  }

  /**
   * Checks that there is nothing yet.
   *
   * @throws OutputExistsException if there is
   */
  public void requireFree() {
    if (files.exists(output)) {
      throw new OutputExistsException(output);
    }
  }

  /**
   * Writes rows as Parquet; gives them as they were written, in no particular order.
   *
   * @throws OutputExistsException if there is something already, before a row is computed
   * @throws UnwritableOutputException if nothing can be written there
   */
  public Dataset<Row> write(JavaRDD<Row> rows, StructType schema) {
    requireFree();
    files.requireWritable(new Path(output).getParent().toString());
    ParquetFolder.write(spark.createDataFrame(rows, schema).write(), work(), output);
    return moved(PARQUET, ".parquet", schema);
  }

  private Dataset<Row> moved(String name, String extension, StructType schema) {
    String folder = unfinished + "/" + name;
    files.moveInto(folder, work(), file -> file.endsWith(extension));
    files.delete(work());
    return spark.read().schema(schema).parquet(folder);
  }

  private String work() {
    return unfinished + "/work";
  }

  /** Writes rows, in their order, as one CSV file; a list is its values with spaces between. */
  public void writeCsv(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.schema().fields()).map(AnswerFolder::text).toArray(Column[]::new);
    JobDescription.during(
        spark,
        "write " + CSV,
        () ->
            ParquetFolder.writing(
                output, () -> rows.select(columns).write().options(QUOTED).csv(work())));
    String header =
        Arrays.stream(rows.schema().fieldNames())
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(",", "", "\n"));
    List<String> parts =
        files.list(work()).stream()
            .filter(name -> name.endsWith(".csv") && !name.startsWith("."))
            .map(name -> work() + "/" + name)
            .toList();
    files.join(unfinished + "/" + CSV, header, parts);
    files.delete(work());
  }

  private static Column text(StructField field) {
    Column column = col(field.name());
    return field.dataType() instanceof ArrayType
        ? concat_ws(" ", column.cast("array<string>")).as(field.name())
        : column;
  }

  /**
   * Gives the folder its name.
   *
   * @param manifest what is written beside the answers
   * @param mark a part of the manifest that no other has
   * @throws OutputExistsException if there is something of that name meanwhile
   */
  public void publish(String manifest, String mark) {
    files.write(unfinished + "/" + MANIFEST, manifest);
    requireFree();
    files.rename(unfinished, output);
    if (!files.exists(output + "/" + MANIFEST)
        || !files.read(output + "/" + MANIFEST).contains(mark)) {
      throw new OutputExistsException(output);
    }
  }

  @Override
  public void close() {
    files.delete(unfinished);
  }
}
