package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import backsweep.images.ImageBlock;
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
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what the channels of statistics layers do on clean validation images, and on no others,
 * for several networks in one Spark job. Sums are per block and merged in block order on the
 * driver.
 */
public final class CollectChannelStatistics {

  private static final Logger LOG = LoggerFactory.getLogger(CollectChannelStatistics.class);

  private final SparkSession spark;
  private final ImageStore store;

  /** Collects from the images of a store. */
  public CollectChannelStatistics(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * Statistics that are wanted.
   *
   * @param model the statistics model of a network
   * @param imagesPerBatch the most images of a block that run at a time
   * @param validation a clean validation set
   */
  public record Wanted(SavedModel model, int imagesPerBatch, ImportedImages validation) {

    /**
     * Checks the role.
     *
     * @throws IllegalArgumentException if the set has another one
     */
    public Wanted {
      if (validation.set().role() != Role.CLEAN_VALIDATION) {
        throw new IllegalArgumentException(
            "statistics are collected on clean validation images only, found " + validation.set());
      }
    }
  }

  /** The statistics, in the order in which they are wanted. */
  public List<ChannelStatistics> execute(List<Wanted> wanted) {
    List<Collector> collectors = new ArrayList<>();
    Map<ImportedImages, List<Integer>> bySet =
        IntStream.range(0, wanted.size())
            .boxed()
            .collect(
                groupingBy(
                    i -> wanted.get(i).validation(),
                    LinkedHashMap::new,
                    mapping(i -> i, toList())));
    try {
      bySet.forEach(
          (set, places) ->
              NetworkGroups.of(places)
                  .forEach(group -> collectors.add(collector(set, group, wanted))));
      List<Part> parts = job(wanted).run(spark, count -> collect(collectors, count));
      return IntStream.range(0, wanted.size())
          .mapToObj(i -> statistics(wanted.get(i), i, parts))
          .toList();
    } finally {
      collectors.forEach(collector -> collector.networks().destroy());
    }
  }

  private Collector collector(ImportedImages set, List<Integer> group, List<Wanted> wanted) {
    List<Channels> networks =
        group.stream()
            .map(i -> new Channels(i, wanted.get(i).model(), wanted.get(i).imagesPerBatch()))
            .toList();
    return new Collector(
        set, JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(networks));
  }

  private static ImageJob job(List<Wanted> wanted) {
    long images = wanted.stream().mapToLong(one -> one.validation().set().images()).sum();
    String description =
        "channel statistics, %d images".formatted(images)
            + (wanted.size() > 1 ? " of %d networks".formatted(wanted.size()) : "");
    LOG.info("Collecting {}", description);
    return new ImageJob("statistics", images, description);
  }

  private List<Part> collect(List<Collector> collectors, ImageCount count) {
    return collectors.stream()
        .map(
            one ->
                count
                    .of(store.blocks(one.images()), one.networks().value().size())
                    .mapPartitions(new Collecting(one.networks())::collect))
        .collect(Union.toOne())
        .collect();
  }

  private static ChannelStatistics statistics(Wanted wanted, int place, List<Part> parts) {
    ChannelStatistics statistics =
        parts.stream()
            .filter(part -> part.network() == place)
            .sorted(Comparator.comparingInt(Part::block))
            .map(Part::sums)
            .reduce(ChannelSums::merge)
            .orElseThrow()
            .statistics();
    wanted.validation().set().requireAll(statistics.images());
    return statistics;
  }

  private record Part(int network, int block, ChannelSums sums) implements Serializable {}

  /** Networks that see a set side by side. */
  private record Collector(ImportedImages images, Broadcast<List<Channels>> networks) {}

  /**
   * The channels of a network.
   *
   * @param network by its place among those that are wanted
   */
  private record Channels(int network, SavedModel model, int imagesPerBatch)
      implements Serializable {

    /** Sums are of the whole block, whatever ran at a time. */
    private ChannelSums sums(StatisticsPredictor predictor, ImageBlock block) {
      BlockStatistics found =
          BlockSlice.of(block, imagesPerBatch).stream()
              .map(predictor::predict)
              .reduce(BlockStatistics::followedBy)
              .orElseThrow();
      return ChannelSums.of(
          block.images(), found.positions(), found.means(), found.maxima(), found.zeros());
    }
  }

  /** The work of a task. */
  private record Collecting(Broadcast<List<Channels>> networks) implements Serializable {

    private Iterator<Part> collect(Iterator<ImageBlock> blocks) {
      List<Part> collected = new ArrayList<>();
      List<StatisticsPredictor> predictors = new ArrayList<>();
      try {
        for (Channels channels : networks.value()) {
          predictors.add(new StatisticsPredictor(channels.model(), ExecutorThreads.here()));
        }
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          for (int i = 0; i < predictors.size(); i++) {
            Channels channels = networks.value().get(i);
            ChannelSums sums = channels.sums(predictors.get(i), block);
            collected.add(new Part(channels.network(), block.index(), sums));
          }
        }
      } finally {
        predictors.forEach(StatisticsPredictor::close);
      }
      return collected.iterator();
    }
  }
}
