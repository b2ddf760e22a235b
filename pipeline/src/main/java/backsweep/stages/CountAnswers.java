package backsweep.stages;

import backsweep.evaluation.StepCounts;
import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.inference.WholePredictor;
import backsweep.pruning.CurveCounts;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Counts what networks answer on whole image sets, beside the network that they were made of. */
final class CountAnswers {

  private final SparkSession spark;
  private final ImageStore store;
  private final int imagesPerBatch;

  /**
   * Counts on the images of a store.
   *
   * @param imagesPerBatch images that go through a network at a time
   */
  CountAnswers(SparkSession spark, ImageStore store, int imagesPerBatch) {
    this.spark = spark;
    this.store = store;
    this.imagesPerBatch = imagesPerBatch;
  }

  /**
   * The counts of every network on every set.
   *
   * @param original that agreements are counted with
   * @param others the networks
   */
  List<Map<ImageSet, StepCounts>> execute(
      SavedModel original, List<SavedModel> others, List<ImportedImages> sets) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Counter counter =
        new Counter(context.broadcast(original), context.broadcast(others), imagesPerBatch);
    List<Part> parts;
    try {
      parts = job(others, sets).run(spark, count -> count(counter, sets, count));
    } finally {
      counter.original().destroy();
      counter.others().destroy();
    }
    List<Map<ImageSet, StepCounts>> counts = new ArrayList<>();
    for (int network = 0; network < others.size(); network++) {
      Map<ImageSet, StepCounts> bySet = new HashMap<>();
      for (int set = 0; set < sets.size(); set++) {
        ImageSet counted = sets.get(set).set();
        CurveCounts sum = sum(parts, network, set);
        counted.requireAll(sum.images());
        bySet.put(counted, sum.steps().get(1));
      }
      counts.add(bySet);
    }
    return counts;
  }

  private static CurveCounts sum(List<Part> parts, int network, int set) {
    return parts.stream()
        .filter(part -> part.network() == network && part.set() == set)
        .map(Part::counts)
        .reduce(CurveCounts.none(1), CurveCounts::merge);
  }

  private static ImageJob job(List<SavedModel> others, List<ImportedImages> sets) {
    long images = sets.stream().mapToLong(set -> set.set().images()).sum();
    String description =
        "answers of %d networks on %d image sets".formatted(others.size(), sets.size());
    return new ImageJob("answers", images, description);
  }

  private List<Part> count(Counter counter, List<ImportedImages> sets, ImageCount count) {
    List<JavaRDD<Part>> parts = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      SetTask task = new SetTask(counter, i, sets.get(i).set().role() == Role.POISONED);
      parts.add(count.of(store.blocks(sets.get(i))).mapPartitions(task::count));
    }
    return parts.stream().reduce(JavaRDD::union).orElseThrow().collect();
  }

  /**
   * What a task counted.
   *
   * @param network by its place among the others
   * @param set by its place
   * @param counts of the original as step 0 and of the network as step 1
   */
  private record Part(int network, int set, CurveCounts counts) implements Serializable {}

  /** The networks. */
  private record Counter(
      Broadcast<SavedModel> original, Broadcast<List<SavedModel>> others, int imagesPerBatch)
      implements Serializable {

    private int[] classes(WholePredictor predictor, ImageBlock block) {
      return BlockSlice.of(block, imagesPerBatch).stream()
          .map(predictor::classes)
          .flatMapToInt(Arrays::stream)
          .toArray();
    }
  }

  /**
   * The work on the blocks of one set. Every network is open from the first block to the last.
   *
   * @param set by its place
   * @param isPoisoned whether true labels, where they are known, differ from labels
   */
  private record SetTask(Counter counter, int set, boolean isPoisoned) implements Serializable {

    private Iterator<Part> count(Iterator<ImageBlock> blocks) {
      List<WholePredictor> others = new ArrayList<>();
      try (WholePredictor original = open(counter.original().value())) {
        counter.others().value().forEach(model -> others.add(open(model)));
        return count(blocks, original, others).iterator();
      } finally {
        others.forEach(WholePredictor::close);
      }
    }

    private static WholePredictor open(SavedModel model) {
      return new WholePredictor(model, ExecutorThreads.here());
    }

    private List<Part> count(
        Iterator<ImageBlock> blocks, WholePredictor original, List<WholePredictor> others) {
      CurveCounts[] counts = new CurveCounts[others.size()];
      Arrays.fill(counts, CurveCounts.none(1));
      while (blocks.hasNext()) {
        ImageBlock block = blocks.next();
        int[] answers = counter.classes(original, block);
        for (int network = 0; network < counts.length; network++) {
          int[][] both = {answers, counter.classes(others.get(network), block)};
          counts[network] = counts[network].merge(counts(block, both));
        }
      }
      return IntStream.range(0, counts.length)
          .mapToObj(network -> new Part(network, set, counts[network]))
          .toList();
    }

    private CurveCounts counts(ImageBlock block, int[][] classes) {
      int[] labels = block.labels();
      return block
          .trueLabels()
          .filter(known -> isPoisoned)
          .map(known -> CurveCounts.of(classes, labels, known, 2 * labels.length))
          .orElseGet(() -> CurveCounts.of(classes, labels, 2 * labels.length));
    }
  }
}
