package backsweep.stages;

import backsweep.images.FileHash;
import backsweep.images.Hdf5Images;
import backsweep.stages.TrainingRequest.Order;
import backsweep.store.OutputLock;
import backsweep.store.SharedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains networks on the executors, one task a network. What is there already is not trained again.
 * {@link #plan} looks at every input first and computes nothing.
 */
public final class TrainNetworks {

  private static final Logger LOG = LoggerFactory.getLogger(TrainNetworks.class);

  private final SparkSession spark;
  private final TrainingRequest request;
  private final SharedFiles files;

  /** A training as requested. */
  public TrainNetworks(SparkSession spark, TrainingRequest request) {
    this.spark = spark;
    this.request = request;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  /**
   * Looks at the images and at what has been made before.
   *
   * @throws backsweep.images.ImageFileException if images cannot be used
   * @throws UnfitOrderException if a recipe does not fit the images
   * @throws OtherNetworkException if another network has the name of one that is wanted
   */
  public TrainingPlan plan() {
    LearnedFile training = look(request.training());
    Optional<LearnedFile> cleanTest = request.cleanTest().map(this::look);
    cleanTest.ifPresent(file -> UnfitOrderException.check(training, file));
    FinishedNetworks finished = new FinishedNetworks(files, request.output());
    List<TrainedNetwork> made = new ArrayList<>();
    List<Order> wanted = new ArrayList<>();
    for (Order order : request.orders()) {
      UnfitOrderException.check(order, training);
      Map<String, String> recipe = training.recipe(order);
      finished
          .find(order, recipe)
          .ifPresentOrElse(
              network -> made.add(network.triedOn(cleanTest)), () -> wanted.add(order));
    }
    return new TrainingPlan(training, cleanTest, made, wanted);
  }

  private LearnedFile look(String path) {
    return files.withLocal(
        path,
        local -> {
          try (Hdf5Images images = Hdf5Images.open(local, request.layout())) {
            SourceKind.Hdf5 kind = new SourceKind.Hdf5(FileHash.sha256(local), images.layout());
            return LearnedFile.of(path, kind, images);
          }
        });
  }

  /**
   * Trains what was planned, as the only run that writes to the output.
   *
   * @param run which networks are said to be made by
   * @return what became of every network, those that were made before first
   * @throws backsweep.store.OutputInUseException if another run writes to the output
   */
  public List<TrainingResult> execute(TrainingPlan plan, Run run) {
    List<TrainingResult> results = new ArrayList<>();
    FinishedNetworks finished = new FinishedNetworks(files, request.output());
    for (TrainedNetwork made : plan.made()) {
      LOG.info("Found {}, trained before", finished.network(made.name()));
      results.add(TrainingResult.of(made));
    }
    if (!plan.wanted().isEmpty()) {
      files.requireWritable(request.output());
      try (OutputLock lock =
          OutputLock.acquire(
              spark.sessionState().newHadoopConf(), request.output(), "train networks")) {
        results.addAll(train(plan, run));
        lock.requireHeld();
      }
    }
    return results;
  }

  private List<TrainingResult> train(TrainingPlan plan, Run run) {
    NetworkTask task =
        new NetworkTask(
            plan.training(),
            plan.cleanTest().orElse(null),
            request.output(),
            new TreeMap<>(run.versions()),
            new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    List<Order> wanted = plan.wanted();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return job(plan)
        .run(
            spark,
            count ->
                context
                    .parallelize(wanted, wanted.size())
                    .map(order -> task.train(order, count))
                    .collect())
        .stream()
        .map(TrainingResult::ofJson)
        .toList();
  }

  private static ImageJob job(TrainingPlan plan) {
    long images =
        plan.wanted().stream()
            .mapToLong(order -> order.recipe().imagesLearned(plan.training().images()))
            .sum();
    return new ImageJob(
        "training", images, "training of %d networks".formatted(plan.wanted().size()));
  }
}
