package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.inference.ImportancePredictor;
import backsweep.network.Cut;
import backsweep.network.Graph;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.AdversarialPruning;
import backsweep.pruning.GradientCriterion;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores channels by gradients of the loss on clean validation images. */
final class ScoreChannels {

  private static final Logger LOG = LoggerFactory.getLogger(ScoreChannels.class);

  /** What the way back takes, in ways forward, which it keeps. */
  private static final int BACKWARD = 3;

  private static final String NOT_FINITE =
      "%s, criterion %s: expected gradients of the loss on clean validation images that are finite,"
          + " found %s in channel %d; the weights are too large, or pixels are not divided by what"
          + " the network was trained with (--input-scale); criteria without gradients may still"
          + " order the channels";

  private static final long MOST_VALUES = (1L << 30) / Float.BYTES;

  private final SparkSession spark;
  private final ImageStore store;
  private final DefencePlan plan;

  /** Scores the channels of a plan's network on images of a store. */
  ScoreChannels(SparkSession spark, ImageStore store, DefencePlan plan) {
    this.spark = spark;
    this.store = store;
    this.plan = plan;
  }

  /**
   * The score of every channel, {@code (channel)}.
   *
   * @throws UnsupportedNetworkException if the loss or a gradient is no finite number
   */
  double[] execute(GradientCriterion criterion, ImportedImages validation) {
    LOG.info("Following gradients for {}", criterion.label());
    return criterion instanceof AdversarialPruning how
        ? mask(how, validation)
        : finite(criterion, importance(validation));
  }

  private double[] finite(GradientCriterion criterion, double[] scores) {
    for (int channel = 0; channel < scores.length; channel++) {
      if (!Double.isFinite(scores[channel])) {
        throw new UnsupportedNetworkException(
            NOT_FINITE.formatted(
                plan.subject().file().path(), criterion.label(), scores[channel], channel));
      }
    }
    return scores;
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  private double[] importance(ImportedImages validation) {
    Follower follower =
        new Follower(
            context().broadcast(plan.subject().models().importance(plan.point())),
            Math.max(1, plan.batches(1).whole() / BACKWARD));
    ImageJob job =
        new ImageJob(
            "gradients",
            validation.set().images(),
            "importance of channels, %d images".formatted(validation.set().images()));
    List<Part> parts;
    try {
      parts =
          job.run(
              spark,
              count ->
                  count.of(store.blocks(validation)).mapPartitions(follower::follow).collect());
    } finally {
      follower.model().destroy();
    }
    // In the order of the images, so that the sum is the same however they were computed.
    TreeMap<Integer, double[]> byPlace = new TreeMap<>();
    parts.forEach(part -> byPlace.put(part.firstImage(), part.sums()));
    double[] scores = new double[plan.point().channels()];
    for (double[] sums : byPlace.values()) {
      for (int channel = 0; channel < scores.length; channel++) {
        scores[channel] += sums[channel] / validation.set().images();
      }
    }
    return scores;
  }

  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  private record Part(int firstImage, double[] sums) implements Serializable {}

  /** The work of a task. */
  private record Follower(Broadcast<SavedModel> model, int imagesPerBatch) implements Serializable {

    private Iterator<Part> follow(Iterator<ImageBlock> blocks) {
      List<Part> parts = new ArrayList<>();
      try (ImportancePredictor predictor =
          new ImportancePredictor(model.value(), ExecutorThreads.here())) {
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          for (BlockSlice slice : BlockSlice.of(block, imagesPerBatch)) {
            int place = block.firstImage() + slice.first();
            parts.add(new Part(place, predictor.sums(slice, slice.labels())));
          }
        }
      }
      return parts.iterator();
    }
  }

  private double[] mask(AdversarialPruning how, ImportedImages validation) {
    MaskTask task =
        new MaskTask(
            how, context().broadcast(plan.prunable()), validation.set().images(), mostHeld());
    ImageJob job =
        new ImageJob(
            "mask",
            task.imagesLearned(),
            "mask of adversarial pruning, %d steps".formatted(how.iterations()));
    MaskTask.Outcome outcome;
    try {
      outcome =
          job.run(
              spark,
              count ->
                  store
                      .blocks(validation)
                      .coalesce(1)
                      .mapPartitions(blocks -> task.learn(blocks, count))
                      .first());
    } finally {
      task.network().destroy();
    }
    if (outcome.failure() != null) {
      throw new UnsupportedNetworkException(
          "%s, criterion %s: %s"
              .formatted(plan.subject().file().path(), how.label(), outcome.failure()));
    }
    return outcome.mask();
  }

  /** As many images as 1 GiB holds of what crosses behind the convolution, at least one. */
  private int mostHeld() {
    Graph graph = plan.subject().network().graph();
    Cut cut = Cut.behind(graph, graph.convolutionCalls(plan.point().convolution()));
    long values = cut.crossing().stream().mapToLong(node -> graph.node(node).shape().size()).sum();
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, MOST_VALUES / values));
  }
}
