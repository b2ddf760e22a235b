package backsweep.stages;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toMap;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.Pixels;
import backsweep.inference.BlockStatistics;
import backsweep.inference.PixelSource;
import backsweep.inference.StatisticsPredictor;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.MissingBlockException;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the channels of statistics layers do on average on a few images of image sets,
 * clean or poisoned, for several networks in one Spark job. Blocks are put together in their order,
 * so that no partition has a say in it.
 */
final class MeasureActivations {

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
      return sets.stream().mapToLong(one -> SpreadImages.places(one.set().images()).size()).sum();
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
                network,
                images.set(),
                SpreadImages.places(images.set().images()),
                models.get(network),
                wanted.get(network).imagesPerBatch(),
                count.done());
        List<Integer> blocks = SpreadImages.blocks(images.set().images());
        parts.add(store.blocks(images, blocks).mapPartitions(task::measure));
      }
    }
    return parts.stream().collect(Union.toOne()).collect();
  }

  private static MeanActivations found(int network, ImageSet set, List<Part> parts) {
    List<Part> found =
        parts.stream()
            .filter(part -> part.network() == network && part.set().equals(set))
            .sorted(comparingInt(Part::block))
            .toList();
    if (found.size() < SpreadImages.blocks(set.images()).size()) {
      throw new MissingBlockException(set, found.size());
    }
    return MeanActivations.of(
        found.stream().map(Part::statistics).reduce(BlockStatistics::followedBy).orElseThrow());
  }

  /**
   * What was measured on images of a block.
   *
   * @param network by its place among those that are wanted
   */
  private record Part(int network, ImageSet set, int block, BlockStatistics statistics)
      implements Serializable {}

  /**
   * The work of a task.
   *
   * @param network by its place among those that are wanted
   * @param places of the images that are looked at
   */
  private record Task(
      int network,
      ImageSet set,
      List<Integer> places,
      Broadcast<SavedModel> model,
      int imagesPerBatch,
      LongAccumulator done)
      implements Serializable {

    /** Most partitions of a set are without any of these blocks, and need no model. */
    private Iterator<Part> measure(Iterator<ImageBlock> blocks) {
      List<Part> parts = new ArrayList<>();
      if (!blocks.hasNext()) {
        return parts.iterator();
      }
      try (StatisticsPredictor predictor =
          new StatisticsPredictor(model.value(), ExecutorThreads.here())) {
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          SomeImages some = SomeImages.of(block, places);
          parts.add(new Part(network, set, block.index(), measure(predictor, some)));
          done.add(some.images());
        }
      }
      return parts.iterator();
    }

    private BlockStatistics measure(StatisticsPredictor predictor, SomeImages some) {
      return some.batches(imagesPerBatch).stream()
          .map(predictor::predict)
          .reduce(BlockStatistics::followedBy)
          .orElseThrow();
    }
  }

  /**
   * Images of a block.
   *
   * @param picked which, by their places in the block
   */
  private record SomeImages(Pixels pixels, List<Integer> picked) implements PixelSource {

    private static SomeImages of(ImageBlock block, List<Integer> places) {
      return new SomeImages(
          block.pixels(),
          places.stream()
              .map(place -> place - block.firstImage())
              .filter(image -> image >= 0 && image < block.images())
              .toList());
    }

    private List<SomeImages> batches(int most) {
      List<SomeImages> batches = new ArrayList<>();
      for (int first = 0; first < picked.size(); first += most) {
        batches.add(
            new SomeImages(pixels, picked.subList(first, Math.min(picked.size(), first + most))));
      }
      return batches;
    }

    @Override
    public int images() {
      return picked.size();
    }

    @Override
    public void copyTo(FloatBuffer target) {
      picked.forEach(image -> pixels.copy(image, 1, target));
    }
  }
}
