package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.inference.CutBlock;
import backsweep.inference.CutPredictor;
import backsweep.inference.WholePredictor;
import backsweep.pruning.PruningOrder;
import backsweep.stages.Repair.Verification;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Compares the answers of repaired networks, read back from their files, with those that the curve
 * counted. Images whose two best scores are closer than {@link #NEAR_TIE} are excused: there the
 * order of additions decides.
 */
public final class VerifyRepairs {

  /** Two scores closer than this count as a tie. */
  public static final float NEAR_TIE = 1e-4f;

  /** On which images repairs are verified. */
  public enum Extent {
    /** The first block of every set. */
    FIRST,
    /** All images. */
    FULL
  }

  private final SparkSession spark;
  private final ImageStore store;
  private final Extent extent;
  private final BatchSizes batches;

  VerifyRepairs(SparkSession spark, ImageStore store, Extent extent, BatchSizes batches) {
    this.spark = spark;
    this.store = store;
    this.extent = extent;
    this.batches = batches;
  }

  /**
   * A repaired network that was read back.
   *
   * @param step at which the curve has the same answers
   * @param model the network as the file has it
   */
  record ReadBack(int step, SavedModel model) implements Serializable {}

  /** What came of each repair, in their order. */
  List<Verification> execute(
      CutModels models, PruningOrder order, List<ReadBack> repairs, List<ImportedImages> sets) {
    if (repairs.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Verifier verifier =
        new Verifier(context.broadcast(models), context.broadcast(repairs), order, batches);
    try {
      List<Difference> parts =
          job(repairs, sets).run(spark, count -> compare(verifier, count.of(blocks(sets))));
      return sums(parts, repairs.size());
    } finally {
      verifier.models().destroy();
      verifier.repairs().destroy();
    }
  }

  private static List<Verification> sums(List<Difference> parts, int repairs) {
    Difference[] sums = new Difference[repairs];
    Arrays.fill(sums, Difference.NONE);
    for (Difference part : parts) {
      sums[part.repair()] = sums[part.repair()].merge(part);
    }
    return Arrays.stream(sums).map(Difference::verification).toList();
  }

  private ImageJob job(List<ReadBack> repairs, List<ImportedImages> sets) {
    long most = extent == Extent.FULL ? Long.MAX_VALUE : ImageBlock.IMAGES;
    long images = sets.stream().mapToLong(set -> Math.min(most, set.set().images())).sum();
    String description =
        "verification of %d repairs on %d image sets".formatted(repairs.size(), sets.size());
    return new ImageJob("verification", images, description);
  }

  private static List<Difference> compare(Verifier verifier, JavaRDD<ImageBlock> blocks) {
    return blocks.mapPartitions(verifier::compare).collect();
  }

  private JavaRDD<ImageBlock> blocks(List<ImportedImages> sets) {
    List<JavaRDD<ImageBlock>> blocks = new ArrayList<>();
    for (ImportedImages set : sets) {
      blocks.add(extent == Extent.FULL ? store.blocks(set) : store.block(set, 0));
    }
    JavaRDD<ImageBlock> first = blocks.remove(0);
    return blocks.stream().reduce(first, JavaRDD::union);
  }

  private record Difference(int repair, long images, long others) implements Serializable {

    private static final Difference NONE = new Difference(0, 0, 0);

    private Difference merge(Difference other) {
      return new Difference(other.repair, images + other.images, others + other.others);
    }

    private Verification verification() {
      Optional<String> failure =
          others == 0
              ? Optional.empty()
              : Optional.of(
                  "the repaired file, read back, answers %d of %d images otherwise than the curve"
                      .formatted(others, images));
      return new Verification(images, failure);
    }
  }

  /** The work of a task. */
  private record Verifier(
      Broadcast<CutModels> models,
      Broadcast<List<ReadBack>> repairs,
      PruningOrder order,
      BatchSizes batches)
      implements Serializable {

    private Iterator<Difference> compare(Iterator<ImageBlock> blocks) {
      List<Difference> differences = new ArrayList<>();
      List<WholePredictor> repaired = new ArrayList<>();
      CutModels cut = models.value();
      try (CutPredictor predictor =
          new CutPredictor(cut.prefix(), cut.suffix(), ExecutorThreads.here(), batches.pairs())) {
        for (ReadBack repair : repairs.value()) {
          repaired.add(new WholePredictor(repair.model(), ExecutorThreads.here()));
        }
        while (blocks.hasNext()) {
          for (BlockSlice slice : BlockSlice.of(blocks.next(), imagesPerBatch())) {
            differences.addAll(compare(predictor, repaired, slice));
          }
        }
      } finally {
        repaired.forEach(WholePredictor::close);
      }
      return differences.iterator();
    }

    private int imagesPerBatch() {
      return Math.min(batches.prefix(), batches.whole());
    }

    private List<Difference> compare(
        CutPredictor predictor, List<WholePredictor> repaired, BlockSlice slice) {
      List<Difference> differences = new ArrayList<>();
      try (CutBlock cut = predictor.predict(slice)) {
        for (int repair = 0; repair < repaired.size(); repair++) {
          int step = repairs.value().get(repair).step();
          int[] expected = classesAt(cut, step, slice.images());
          float[][] found = repaired.get(repair).probabilities(slice);
          differences.add(
              new Difference(
                  repair, slice.images(), AnswerComparison.differences(expected, found)));
        }
      }
      return differences;
    }

    private int[] classesAt(CutBlock cut, int step, int images) {
      int[] rows = new int[images];
      int[] steps = new int[images];
      Arrays.setAll(rows, row -> row);
      Arrays.fill(steps, step);
      return cut.classes(rows, steps, order.ranks());
    }
  }
}
