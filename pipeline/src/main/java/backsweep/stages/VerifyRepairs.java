package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

  VerifyRepairs(SparkSession spark, ImageStore store, Extent extent) {
    this.spark = spark;
    this.store = store;
    this.extent = extent;
  }

  /**
   * A repaired network that was read back.
   *
   * @param order of the curve
   * @param step at which the curve has the same answers
   * @param model the network as the file has it
   */
  record ReadBack(PruningOrder order, int step, SavedModel model) implements Serializable {}

  /**
   * A repair and what it is compared with.
   *
   * @param models of the network that was repaired
   * @param repair read back
   * @param sets on whose images they are compared
   */
  record Wanted(CutModels models, ReadBack repair, List<ImportedImages> sets) {}

  /** What came of each repair, in their order. */
  List<Verification> execute(List<Wanted> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Group> groups = groups(wanted);
    try {
      List<Difference> parts = job(wanted).run(spark, count -> compare(groups, count));
      return sums(parts, wanted.size());
    } finally {
      groups.forEach(group -> group.networks().destroy());
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

  /** Networks whose repairs are compared on the same sets, a few at a time. */
  private List<Group> groups(List<Wanted> wanted) {
    record Compared(CutModels models, List<ImportedImages> sets) {}
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<Compared, List<Integer>> byNetwork =
        IntStream.range(0, wanted.size())
            .boxed()
            .collect(
                groupingBy(
                    i -> new Compared(wanted.get(i).models(), wanted.get(i).sets()),
                    LinkedHashMap::new,
                    toList()));
    Map<List<ImportedImages>, List<Repaired>> bySets = new LinkedHashMap<>();
    byNetwork.forEach(
        (network, places) ->
            bySets
                .computeIfAbsent(network.sets(), sets -> new ArrayList<>())
                .add(Repaired.of(network.models(), places, wanted)));
    List<Group> groups = new ArrayList<>();
    bySets.forEach(
        (sets, networks) ->
            NetworkGroups.of(networks)
                .forEach(some -> groups.add(new Group(sets, context.broadcast(some)))));
    return groups;
  }

  private ImageJob job(List<Wanted> wanted) {
    long images =
        wanted.stream()
            .map(Wanted::sets)
            .distinct()
            .flatMap(List::stream)
            .mapToLong(set -> looked(set.set()))
            .sum();
    long sets = wanted.stream().flatMap(one -> one.sets().stream()).distinct().count();
    String description =
        "verification of %d repairs on %d image sets".formatted(wanted.size(), sets);
    return new ImageJob("verification", images, description);
  }

  private long looked(ImageSet set) {
    return extent == Extent.FULL ? set.images() : Math.min(ImageBlock.IMAGES, set.images());
  }

  private List<Difference> compare(List<Group> groups, ImageCount count) {
    return groups.stream()
        .map(
            group ->
                count
                    .of(blocks(group.sets()))
                    .mapPartitions(new Verifier(group.networks())::compare))
        .collect(Union.toOne())
        .collect();
  }

  private JavaRDD<ImageBlock> blocks(List<ImportedImages> sets) {
    return sets.stream()
        .map(set -> extent == Extent.FULL ? store.blocks(set) : store.block(set, 0))
        .collect(Union.toOne());
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

  /** Networks that see the blocks of sets side by side. */
  private record Group(List<ImportedImages> sets, Broadcast<List<Repaired>> networks) {}

  /**
   * A network and its repairs.
   *
   * @param places of the repairs, among those that are wanted
   */
  private record Repaired(CutModels models, List<Integer> places, List<ReadBack> repairs)
      implements Serializable {

    private static Repaired of(CutModels models, List<Integer> places, List<Wanted> wanted) {
      return new Repaired(
          models,
          List.copyOf(places),
          places.stream().map(place -> wanted.get(place).repair()).toList());
    }

    private int imagesPerBatch() {
      return Math.min(models.batches().prefix(), models.batches().whole());
    }
  }

  /** The work of a task. */
  private record Verifier(Broadcast<List<Repaired>> networks) implements Serializable {

    private Iterator<Difference> compare(Iterator<ImageBlock> blocks) {
      List<Difference> differences = new ArrayList<>();
      List<Comparison> comparisons = new ArrayList<>();
      try {
        networks.value().forEach(network -> comparisons.add(new Comparison(network)));
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          comparisons.forEach(comparison -> differences.addAll(comparison.of(block)));
        }
      } finally {
        comparisons.forEach(Comparison::close);
      }
      return differences.iterator();
    }
  }

  /** A network beside its repairs, on an executor. */
  private static final class Comparison implements AutoCloseable {

    private final Repaired network;
    private final CutPredictor predictor;
    private final List<WholePredictor> repaired = new ArrayList<>();

    private Comparison(Repaired network) {
      this.network = network;
      this.predictor = network.models().predictor();
      try {
        for (ReadBack repair : network.repairs()) {
          repaired.add(new WholePredictor(repair.model(), ExecutorThreads.here()));
        }
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    private List<Difference> of(ImageBlock block) {
      return BlockSlice.of(block, network.imagesPerBatch()).stream()
          .flatMap(slice -> of(slice).stream())
          .toList();
    }

    private List<Difference> of(BlockSlice slice) {
      List<Difference> differences = new ArrayList<>();
      try (CutBlock cut = predictor.predict(slice)) {
        for (int i = 0; i < repaired.size(); i++) {
          int[] expected = classesAt(cut, network.repairs().get(i), slice.images());
          float[][] found = repaired.get(i).probabilities(slice);
          differences.add(
              new Difference(
                  network.places().get(i),
                  slice.images(),
                  AnswerComparison.differences(expected, found)));
        }
      }
      return differences;
    }

    private static int[] classesAt(CutBlock cut, ReadBack repair, int images) {
      int[] rows = new int[images];
      int[] steps = new int[images];
      Arrays.setAll(rows, row -> row);
      Arrays.fill(steps, repair.step());
      return cut.classes(rows, steps, repair.order().ranks());
    }

    @Override
    public void close() {
      predictor.close();
      repaired.forEach(WholePredictor::close);
    }
  }
}
