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

  /** Counts on the images of a store. */
  CountAnswers(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * Counts that are wanted.
   *
   * @param original that agreements are counted with
   * @param others the networks
   * @param imagesPerBatch images that go through a network at a time
   * @param sets on which all are counted
   */
  record Wanted(
      SavedModel original,
      List<SavedModel> others,
      int imagesPerBatch,
      List<ImportedImages> sets) {}

  /** The counts of every network on every set, in the order in which they are wanted. */
  List<List<Map<ImageSet, StepCounts>>> execute(List<Wanted> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Counter> counters =
        wanted.stream()
            .map(
                one ->
                    new Counter(
                        context.broadcast(new Models(one.original(), one.others())),
                        one.imagesPerBatch()))
            .toList();
    List<Part> parts;
    try {
      parts = job(wanted).run(spark, count -> count(wanted, counters, count));
    } finally {
      counters.forEach(counter -> counter.models().destroy());
    }
    return IntStream.range(0, wanted.size())
        .mapToObj(place -> counts(wanted.get(place), place, parts))
        .toList();
  }

  private static List<Map<ImageSet, StepCounts>> counts(
      Wanted wanted, int place, List<Part> parts) {
    List<Map<ImageSet, StepCounts>> counts = new ArrayList<>();
    for (int network = 0; network < wanted.others().size(); network++) {
      Map<ImageSet, StepCounts> bySet = new HashMap<>();
      for (int set = 0; set < wanted.sets().size(); set++) {
        ImageSet counted = wanted.sets().get(set).set();
        CurveCounts sum = sum(parts, new Counted(place, set), network);
        counted.requireAll(sum.images());
        bySet.put(counted, sum.steps().get(1));
      }
      counts.add(bySet);
    }
    return counts;
  }

  private static CurveCounts sum(List<Part> parts, Counted counted, int network) {
    return parts.stream()
        .filter(part -> part.network() == network && part.counted().equals(counted))
        .map(Part::counts)
        .reduce(CurveCounts.none(1), CurveCounts::merge);
  }

  private static ImageJob job(List<Wanted> wanted) {
    long images =
        wanted.stream()
            .flatMap(one -> one.sets().stream())
            .mapToLong(set -> set.set().images())
            .sum();
    int networks = wanted.stream().mapToInt(one -> one.others().size()).sum();
    long sets = wanted.stream().flatMap(one -> one.sets().stream()).distinct().count();
    String description = "answers of %d networks on %d image sets".formatted(networks, sets);
    return new ImageJob("answers", images, description);
  }

  private List<Part> count(List<Wanted> wanted, List<Counter> counters, ImageCount count) {
    List<JavaRDD<Part>> parts = new ArrayList<>();
    for (int place = 0; place < wanted.size(); place++) {
      List<ImportedImages> sets = wanted.get(place).sets();
      for (int set = 0; set < sets.size(); set++) {
        boolean isPoisoned = sets.get(set).set().role() == Role.POISONED;
        SetTask task = new SetTask(counters.get(place), new Counted(place, set), isPoisoned);
        parts.add(count.of(store.blocks(sets.get(set))).mapPartitions(task::count));
      }
    }
    return parts.stream().collect(Union.toOne()).collect();
  }

  /**
   * What is counted on.
   *
   * @param wanted by its place among what is wanted
   * @param set by its place there
   */
  private record Counted(int wanted, int set) implements Serializable {}

  /**
   * What a task counted.
   *
   * @param network by its place among the others
   * @param counts of the original as step 0 and of the network as step 1
   */
  private record Part(Counted counted, int network, CurveCounts counts) implements Serializable {}

  /** A network and what it was made into. */
  private record Models(SavedModel original, List<SavedModel> others) implements Serializable {}

  /** The networks, on an executor. */
  private record Counter(Broadcast<Models> models, int imagesPerBatch) implements Serializable {

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
   * @param isPoisoned whether true labels, where they are known, differ from labels
   */
  private record SetTask(Counter counter, Counted counted, boolean isPoisoned)
      implements Serializable {

    private Iterator<Part> count(Iterator<ImageBlock> blocks) {
      List<WholePredictor> others = new ArrayList<>();
      Models models = counter.models().value();
      try (WholePredictor original = open(models.original())) {
        models.others().forEach(model -> others.add(open(model)));
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
          .mapToObj(network -> new Part(counted, network, counts[network]))
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
