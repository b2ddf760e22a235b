package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.inference.BlockStatistics;
import backsweep.inference.StatisticsPredictor;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.MissingBlockException;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the channels of statistics layers do on average on the first block of image sets,
 * clean or poisoned, for several networks in one Spark job. A block is summed by one task, so that
 * no partition has a say in it.
 */
final class MeasureActivations {

  /** The most images of a set that are looked at: its first block. */
  static final int MOST_IMAGES = ImageBlock.IMAGES;

  private static final Logger LOG = LoggerFactory.getLogger(MeasureActivations.class);

  private final SparkSession spark;
  private final ImageStore store;

  /** Measures on images of a store. */
  MeasureActivations(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * Mean activations that are wanted.
   *
   * @param model the statistics model of a network
   * @param imagesPerBatch the most images that run at a time
   * @param sets of any role
   */
  record Wanted(SavedModel model, int imagesPerBatch, List<ImportedImages> sets) {

    private long images() {
      return sets.stream().mapToLong(one -> Math.min(one.set().images(), MOST_IMAGES)).sum();
    }
  }

  /** The mean activations by their sets, in the order in which they are wanted. */
  List<Map<ImageSet, MeanActivations>> execute(List<Wanted> wanted) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Broadcast<SavedModel>> models = new ArrayList<>();
    try {
      wanted.forEach(one -> models.add(context.broadcast(one.model())));
      List<Part> parts = job(wanted).run(spark, count -> measure(wanted, models, count));
      return IntStream.range(0, wanted.size())
          .mapToObj(
              network ->
                  wanted.get(network).sets().stream()
                      .map(ImportedImages::set)
                      .collect(toMap(set -> set, set -> found(network, set, parts))))
          .toList();
    } finally {
      models.forEach(Broadcast::destroy);
    }
  }

  private static ImageJob job(List<Wanted> wanted) {
    long images = wanted.stream().mapToLong(Wanted::images).sum();
    String description =
        "what triggers drive, %d images".formatted(images)
            + (wanted.size() > 1 ? " of %d networks".formatted(wanted.size()) : "");
    LOG.info("Measuring {}", description);
    return new ImageJob("activations", images, description);
  }

  private List<Part> measure(
      List<Wanted> wanted, List<Broadcast<SavedModel>> models, ImageCount count) {
    List<JavaRDD<Part>> parts = new ArrayList<>();
    for (int network = 0; network < wanted.size(); network++) {
      for (ImportedImages images : wanted.get(network).sets()) {
        Task task =
            new Task(
                network, images.set(), models.get(network), wanted.get(network).imagesPerBatch());
        parts.add(count.of(store.block(images, 0)).mapPartitions(task::measure));
      }
    }
    return parts.stream().collect(Union.toOne()).collect();
  }

  private static MeanActivations found(int network, ImageSet set, List<Part> parts) {
    return parts.stream()
        .filter(part -> part.network() == network && part.set().equals(set))
        .map(Part::activations)
        .findFirst()
        .orElseThrow(() -> new MissingBlockException(set, 0));
  }

  /**
   * What was measured on a set.
   *
   * @param network by its place among those that are wanted
   */
  private record Part(int network, ImageSet set, MeanActivations activations)
      implements Serializable {}

  /**
   * The work of a task.
   *
   * @param network by its place among those that are wanted
   */
  private record Task(int network, ImageSet set, Broadcast<SavedModel> model, int imagesPerBatch)
      implements Serializable {

    /** Most partitions of a set are without its first block, and need no model. */
    private Iterator<Part> measure(Iterator<ImageBlock> blocks) {
      List<Part> parts = new ArrayList<>();
      if (!blocks.hasNext()) {
        return parts.iterator();
      }
      try (StatisticsPredictor predictor =
          new StatisticsPredictor(model.value(), ExecutorThreads.here())) {
        while (blocks.hasNext()) {
          parts.add(new Part(network, set, measure(predictor, blocks.next())));
        }
      }
      return parts.iterator();
    }

    private MeanActivations measure(StatisticsPredictor predictor, ImageBlock block) {
      return MeanActivations.of(
          BlockSlice.of(block, imagesPerBatch).stream()
              .map(predictor::predict)
              .reduce(BlockStatistics::followedBy)
              .orElseThrow());
    }
  }
}
