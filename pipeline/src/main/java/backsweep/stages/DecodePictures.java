package backsweep.stages;

import backsweep.pictures.FolderImages;
import backsweep.store.JobDescription;
import backsweep.store.MissingFileException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Decodes every picture of a folder, on the executors, to say which of them are damaged. */
final class DecodePictures {

  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final ImageSource source;
  private final SourceKind.Folder kind;

  DecodePictures(SparkSession spark, ImageSource source, SourceKind.Folder kind) {
    this.spark = spark;
    this.source = source;
    this.kind = kind;
  }

  /**
   * Does it.
   *
   * @throws backsweep.images.ImageFileException if there are damaged ones; it names the first few
   */
  void execute() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Decoder decoder =
        new Decoder(
            context.broadcast(kind),
            source.path(),
            new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    int images = source.set().images();
    List<Integer> all = IntStream.range(0, images).boxed().toList();
    int tasks = Math.min(images, TASKS_PER_CORE * context.defaultParallelism());
    List<String> problems =
        JobDescription.during(
            spark,
            "look for damaged pictures in %s, %d pictures".formatted(source.set().name(), images),
            () -> context.parallelize(all, tasks).map(decoder::problem).collect());
    BadPictures.check(
        source.path(), images, problems.stream().filter(problem -> !problem.isEmpty()).toList());
  }

  /** Decodes pictures on an executor. */
  private record Decoder(
      Broadcast<SourceKind.Folder> kind, String path, SerializableConfiguration configuration)
      implements Serializable {

    /** What is wrong with a picture, with its name; nothing where nothing is. */
    private String problem(int image) {
      FolderImages images = kind.value().open(configuration.value(), path);
      try {
        return images.problem(image).orElse("");
      } catch (MissingFileException e) {
        return e.getMessage();
      }
    }
  }
}
