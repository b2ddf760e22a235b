package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.inference.BlockStatistics;
import backsweep.inference.StatisticsPredictor;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.ChannelSums;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what the channels of the statistics layer do on clean validation images, and on no
 * others. Sums are per block and merged in block order on the driver.
 */
public final class CollectChannelStatistics {

  private static final Logger LOG = LoggerFactory.getLogger(CollectChannelStatistics.class);

  private final SparkSession spark;
  private final ImageStore store;
  private final int imagesPerBatch;

  /**
   * Collects from the images of a store.
   *
   * @param imagesPerBatch the most images of a block that run at a time
   */
  public CollectChannelStatistics(SparkSession spark, ImageStore store, int imagesPerBatch) {
    this.spark = spark;
    this.store = store;
    this.imagesPerBatch = imagesPerBatch;
  }

  /**
   * The statistics of a network on a clean validation set.
   *
   * @param model the network's statistics model
   * @throws IllegalArgumentException if the set has another role
   */
  public ChannelStatistics execute(SavedModel model, ImportedImages validation) {
    if (validation.set().role() != Role.CLEAN_VALIDATION) {
      throw new IllegalArgumentException(
          "statistics are collected on clean validation images only, found " + validation.set());
    }
    LOG.info("Collecting channel statistics on {} images", validation.set().images());
    Broadcast<SavedModel> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model);
    Collector collector = new Collector(broadcast, imagesPerBatch);
    List<Part> blocks;
    try {
      blocks =
          new ArrayList<>(
              job(validation.set())
                  .run(spark, count -> collect(collector, count.of(store.blocks(validation)))));
    } finally {
      broadcast.destroy();
    }
    blocks.sort((one, other) -> Integer.compare(one.block(), other.block()));
    ChannelStatistics statistics =
        blocks.stream().map(Part::sums).reduce(ChannelSums::merge).orElseThrow().statistics();
    validation.set().requireAll(statistics.images());
    return statistics;
  }

  private static ImageJob job(ImageSet set) {
    String description = "channel statistics, %d images".formatted(set.images());
    return new ImageJob("statistics", set.images(), description);
  }

  private static List<Part> collect(Collector collector, JavaRDD<ImageBlock> blocks) {
    return blocks.mapPartitions(collector::collect).collect();
  }

  private record Part(int block, ChannelSums sums) implements Serializable {}

  /** The work of a task. */
  private record Collector(Broadcast<SavedModel> model, int imagesPerBatch)
      implements Serializable {

    private Iterator<Part> collect(Iterator<ImageBlock> blocks) {
      List<Part> collected = new ArrayList<>();
      try (StatisticsPredictor predictor =
          new StatisticsPredictor(model.value(), ExecutorThreads.here())) {
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          collected.add(new Part(block.index(), predict(predictor, block)));
        }
      }
      return collected.iterator();
    }

    /** Sums are of the whole block, whatever ran at a time. */
    private ChannelSums predict(StatisticsPredictor predictor, ImageBlock block) {
      BlockStatistics found =
          BlockSlice.of(block, imagesPerBatch).stream()
              .map(predictor::predict)
              .reduce(BlockStatistics::followedBy)
              .orElseThrow();
      return ChannelSums.of(
          block.images(), found.positions(), found.means(), found.maxima(), found.zeros());
    }
  }
}
