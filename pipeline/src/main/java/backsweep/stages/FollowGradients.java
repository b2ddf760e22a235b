package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.inference.ImportancePredictor;
import backsweep.stages.ScoreChannels.Scores;
import backsweep.stages.ScoreChannels.Wanted;
import backsweep.store.ImageStore;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Follows the loss on images back to the channels of networks, in one Spark job. */
final class FollowGradients {

  /** What the way back takes, in ways forward, which it keeps. */
  private static final int BACKWARD = 3;

  private final SparkSession spark;
  private final ImageStore store;

  /** Follows on images of a store. */
  FollowGradients(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /** The importance of channels, in the order in which it is wanted. */
  List<Scores> execute(List<Wanted> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Follower> followers =
        IntStream.range(0, wanted.size())
            .mapToObj(place -> follower(place, wanted.get(place).plan(), context))
            .toList();
    List<Part> parts;
    try {
      parts = job(wanted).run(spark, count -> follow(wanted, followers, count));
    } finally {
      followers.forEach(follower -> follower.model().destroy());
    }
    return IntStream.range(0, wanted.size())
        .mapToObj(place -> Scores.of(means(wanted.get(place), place, parts)))
        .toList();
  }

  private static Follower follower(int place, DefencePlan plan, JavaSparkContext context) {
    return new Follower(
        place,
        context.broadcast(plan.subject().models().importance(plan.point())),
        Math.max(1, plan.batches(1).whole() / BACKWARD));
  }

  private static ImageJob job(List<Wanted> wanted) {
    long images = wanted.stream().mapToLong(one -> one.validation().set().images()).sum();
    String description =
        "importance of channels, %d images".formatted(images)
            + (wanted.size() > 1 ? " of %d networks".formatted(wanted.size()) : "");
    return new ImageJob("gradients", images, description);
  }

  private List<Part> follow(List<Wanted> wanted, List<Follower> followers, ImageCount count) {
    return followers.stream()
        .map(
            follower ->
                count
                    .of(store.blocks(wanted.get(follower.place()).validation()))
                    .mapPartitions(follower::follow))
        .collect(Union.toOne())
        .collect();
  }

  /** In the order of the blocks, so that sums are the same however they were computed. */
  private static double[] means(Wanted wanted, int place, List<Part> parts) {
    TreeMap<Integer, double[]> byBlock = new TreeMap<>();
    parts.stream()
        .filter(part -> part.place() == place)
        .forEach(part -> byBlock.put(part.block(), part.sums()));
    double[] scores = new double[wanted.plan().point().channels()];
    for (double[] sums : byBlock.values()) {
      for (int channel = 0; channel < scores.length; channel++) {
        scores[channel] += sums[channel] / wanted.validation().set().images();
      }
    }
    return scores;
  }

  /**
   * What a block says.
   *
   * @param place of what is wanted
   * @param sums over its images, {@code (channel)}
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  private record Part(int place, int block, double[] sums) implements Serializable {}

  /**
   * The work of a task.
   *
   * @param place of what is wanted
   */
  private record Follower(int place, Broadcast<SavedModel> model, int imagesPerBatch)
      implements Serializable {

    private Iterator<Part> follow(Iterator<ImageBlock> blocks) {
      List<Part> parts = new ArrayList<>();
      try (ImportancePredictor predictor =
          new ImportancePredictor(model.value(), ExecutorThreads.here())) {
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          parts.add(new Part(place, block.index(), sums(predictor, block)));
        }
      }
      return parts.iterator();
    }

    private double[] sums(ImportancePredictor predictor, ImageBlock block) {
      return BlockSlice.of(block, imagesPerBatch).stream()
          .map(slice -> predictor.sums(slice, slice.labels()))
          .reduce(FollowGradients::plus)
          .orElseThrow();
    }
  }

  private static double[] plus(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] + other[i]).toArray();
  }
}
