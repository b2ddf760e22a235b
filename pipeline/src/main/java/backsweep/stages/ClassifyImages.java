package backsweep.stages;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import backsweep.goodnet.GoodNetFile;
import backsweep.images.ImageFileException;
import backsweep.pictures.PictureFit;
import backsweep.stages.Classified.OneAnswer;
import backsweep.store.AnswerFolder;
import backsweep.store.JobDescription;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.StoredDetector;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Asks a detector about images that nobody has labels for, and writes a row for each: also for
 * those that cannot be read, which stop no others.
 */
public final class ClassifyImages {

  /** A task that fails is done again: none has more than so many images. */
  private static final int MOST_IMAGES_PER_TASK = 1 << 16;

  private static final int TASKS_PER_CORE = 4;
  private static final int PROBLEMS_NAMED = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final ClassifyRequest request;
  private final SharedFiles files;

  /** What is asked for, on a session. */
  public ClassifyImages(SparkSession spark, ClassifyRequest request) {
    this.spark = spark;
    this.request = request;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  /**
   * Looks at the detector and the images, and computes nothing.
   *
   * @throws backsweep.goodnet.GoodNetFileException if there is no detector that can be run
   * @throws ImageFileException if the images as a whole cannot be used
   * @throws backsweep.store.OutputExistsException if there is something at the output
   */
  public ClassifyPlan plan() {
    request.output().ifPresent(output -> new AnswerFolder(spark, output).requireFree());
    FoundDetector detector =
        new ReadDetector(files).execute(request.goodNet(), ExecutorThreads.here());
    PictureFit fit = new PictureFit(GoodNetFile.shape(detector.detector()), request.isResized());
    UnlabelledImages images =
        new ReadUnlabelledImages(files, fit, request.layout()).execute(request.images());
    return new ClassifyPlan(detector, images);
  }

  /**
   * Does it.
   *
   * @param run what the results are marked with
   * @param configuration as JSON, to be kept
   */
  public Classified execute(ClassifyPlan plan, Run run, String configuration) {
    String detector = plan.detector().folder().replaceFirst(".*/([^/]+/[^/]+)/*$", "$1");
    return JobDescription.during(
        spark,
        detector,
        () ->
            request
                .output()
                .map(output -> written(plan, run, configuration, output))
                .orElseGet(() -> answered(plan)));
  }

  private Classified written(ClassifyPlan plan, Run run, String configuration, String output) {
    AnswerTable table = new AnswerTable(request.work().hasAllScores());
    try (AnswerFolder folder = new AnswerFolder(spark, output)) {
      Dataset<Row> rows =
          job(plan).run(spark, done -> folder.write(rows(plan, table, done), table.schema()));
      Classified classified = summary(plan, rows);
      folder.writeCsv(rows.orderBy(AnswerTable.INDEX));
      folder.publish(
          manifest(plan, run, configuration, classified).toPrettyString() + "\n", run.id());
      return classified;
    }
  }

  private Classified answered(ClassifyPlan plan) {
    AnswerTable table = new AnswerTable(false);
    return summary(plan, job(plan).run(spark, done -> kept(rows(plan, table, done), table)));
  }

  private static ImageJob job(ClassifyPlan plan) {
    return new ImageJob("classify", plan.images(), "classify %d images".formatted(plan.images()));
  }

  /** Rows that are computed once, as they are few. */
  private Dataset<Row> kept(JavaRDD<Row> rows, AnswerTable table) {
    return spark.createDataFrame(rows.collect(), table.schema());
  }

  private JavaRDD<Row> rows(ClassifyPlan plan, AnswerTable table, ImageCount done) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<StoredDetector> detector = context.broadcast(plan.detector().detector());
    Broadcast<UnlabelledImages> images = context.broadcast(plan.found());
    int perBatch = plan.detector().imagesPerBatch();
    int batches = (plan.images() + perBatch - 1) / perBatch;
    ClassifyTask task =
        new ClassifyTask(
            detector,
            images,
            perBatch,
            table,
            new SerializableConfiguration(spark.sessionState().newHadoopConf()),
            done.done());
    List<Integer> all = IntStream.range(0, batches).boxed().toList();
    return context
        .parallelize(all, Math.min(batches, tasks(plan, context)))
        .mapPartitions(task::classify);
  }

  private int tasks(ClassifyPlan plan, JavaSparkContext context) {
    return request.work().partitions() > 0
        ? request.work().partitions()
        : Math.max(
            TASKS_PER_CORE * context.defaultParallelism(),
            plan.images() / MOST_IMAGES_PER_TASK + 1);
  }

  private Classified summary(ClassifyPlan plan, Dataset<Row> rows) {
    return JobDescription.during(
        spark,
        "count answers",
        () -> {
          Row counts =
              rows.agg(
                      count(lit(1)),
                      count(when(col(AnswerTable.BACKDOORED), 1)),
                      count(when(col(AnswerTable.STATUS).equalTo(AnswerTable.UNREADABLE), 1)))
                  .head();
          return new Classified(
              counts.getLong(0),
              counts.getLong(1),
              counts.getLong(2),
              counts.getLong(2) == 0 ? List.of() : problems(rows),
              plan.isOnePicture() ? only(rows.head()) : Optional.empty());
        });
  }

  private static List<String> problems(Dataset<Row> rows) {
    return rows
        .where(col(AnswerTable.STATUS).equalTo(AnswerTable.UNREADABLE))
        .orderBy(AnswerTable.INDEX)
        .select(AnswerTable.IMAGE, AnswerTable.REASON)
        .limit(PROBLEMS_NAMED)
        .collectAsList()
        .stream()
        .map(row -> ImageFileException.line(row.getString(0) + ": " + row.getString(1)))
        .toList();
  }

  private static Optional<OneAnswer> only(Row row) {
    return row.getAs(AnswerTable.CLASS) == null
        ? Optional.empty()
        : Optional.of(
            new OneAnswer(
                row.getAs(AnswerTable.CLASS),
                row.getAs(AnswerTable.ORIGINAL_CLASS),
                row.getAs(AnswerTable.ORIGINAL_PROBABILITY),
                row.getAs(AnswerTable.REPAIRED_CLASS),
                row.getAs(AnswerTable.REPAIRED_PROBABILITY)));
  }

  /** Everything needed to trace and repeat it. */
  private ObjectNode manifest(
      ClassifyPlan plan, Run run, String configuration, Classified classified) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("run", run.id());
    manifest.put("started", run.started().toString());
    manifest.put("finished", Instant.now().toString());
    manifest.set("versions", JSON.valueToTree(run.versions()));
    manifest.putRawValue("configuration", new RawValue(configuration));
    manifest.put("goodnet", plan.detector().folder());
    manifest.put("goodnet_sha256", plan.detector().sha256());
    manifest.put("images_per_batch", plan.detector().imagesPerBatch());
    manifest.put("images_from", request.images());
    plan.found().sha256().ifPresent(sha256 -> manifest.put("images_sha256", sha256));
    manifest.put("images", classified.images());
    manifest.put("backdoored_class", plan.backdoored());
    manifest.put("backdoored", classified.backdoored());
    manifest.put("unreadable", classified.unreadable());
    return manifest;
  }
}
