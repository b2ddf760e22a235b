package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.inference.CutBlock;
import backsweep.inference.CutPredictor;
import backsweep.pruning.CurveCounts;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StepPlan;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 * Evaluates every pruning step on every image set in one Spark job: the network's prefix once an
 * image, its suffix once for every step that can change the image's answer.
 */
public final class TracePruningCurves {

  private static final Logger LOG = LoggerFactory.getLogger(TracePruningCurves.class);

  private final SparkSession spark;
  private final ImageStore store;
  private final BatchSizes batches;

  /**
   * Traces on the images of a store.
   *
   * @param batches how many images, and pairs of an image and a step, run at a time
   */
  TracePruningCurves(SparkSession spark, ImageStore store, BatchSizes batches) {
    this.spark = spark;
    this.store = store;
    this.batches = batches;
  }

  /**
   * A curve that is wanted.
   *
   * @param images of which set
   * @param order in which channels are pruned
   */
  record Wanted(ImportedImages images, PruningOrder order) {}

  /** Curves of a network, in the order in which they are wanted. */
  List<PruningCurve> execute(CutModels models, List<Wanted> wanted) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<PruningOrder> orders = wanted.stream().map(Wanted::order).toList();
    CurveCounts[] sums =
        orders.stream().map(o -> CurveCounts.none(o.lastStep())).toArray(CurveCounts[]::new);
    Map<ImportedImages, List<Integer>> curves =
        IntStream.range(0, wanted.size())
            .boxed()
            .collect(groupingBy(i -> wanted.get(i).images(), LinkedHashMap::new, toList()));
    Tracer tracer = new Tracer(context.broadcast(models), context.broadcast(orders), batches);
    try {
      for (Part part : job(orders, curves).run(spark, count -> trace(tracer, curves, count))) {
        sums[part.curve()] = sums[part.curve()].merge(part.counts());
      }
    } finally {
      tracer.models().destroy();
      tracer.orders().destroy();
    }
    return IntStream.range(0, wanted.size()).mapToObj(i -> curve(wanted.get(i), sums[i])).toList();
  }

  private static ImageJob job(
      List<PruningOrder> orders, Map<ImportedImages, List<Integer>> curves) {
    long images = curves.keySet().stream().mapToLong(set -> set.set().images()).sum();
    int steps = orders.stream().mapToInt(order -> order.lastStep() + 1).max().orElseThrow();
    long distinct = orders.stream().distinct().count();
    String description =
        "pruning curves, %d steps on %d image sets".formatted(steps, curves.size())
            + (distinct > 1 ? ", in %d orders".formatted(distinct) : "");
    return new ImageJob("curves", images, description);
  }

  private List<Part> trace(
      Tracer tracer, Map<ImportedImages, List<Integer>> curves, ImageCount count) {
    List<JavaRDD<Part>> parts = new ArrayList<>();
    for (ImportedImages images : curves.keySet()) {
      SetTask task = new SetTask(tracer, images.set().role() == Role.POISONED, curves.get(images));
      parts.add(count.of(store.blocks(images)).mapPartitions(task::trace));
    }
    return parts.stream().reduce(JavaRDD::union).orElseThrow().collect();
  }

  private static PruningCurve curve(Wanted wanted, CurveCounts counts) {
    ImageSet set = wanted.images().set();
    set.requireAll(counts.images());
    LOG.info(
        "{}: {} images, {} of {} steps computed for each on average",
        set.name(),
        counts.images(),
        "%.1f".formatted((double) counts.pairs() / counts.images()),
        wanted.order().lastStep() + 1);
    return new PruningCurve(set, wanted.order(), counts.steps());
  }

  /**
   * What a task counted.
   *
   * @param curve by its place among those that are wanted
   */
  private record Part(int curve, CurveCounts counts) implements Serializable {}

  /** How blocks are evaluated. */
  private record Tracer(
      Broadcast<CutModels> models, Broadcast<List<PruningOrder>> orders, BatchSizes batches)
      implements Serializable {

    private CutPredictor predictor() {
      CutModels cut = models.value();
      return new CutPredictor(cut.prefix(), cut.suffix(), ExecutorThreads.here(), batches.pairs());
    }

    private StepPlan plan(CutBlock cut, int images, PruningOrder order) {
      return models.value().masksAllCross()
          ? StepPlan.lazy(images, cut::isActive, order)
          : StepPlan.complete(images, order);
    }
  }

  /**
   * The work on the blocks of one set: all its curves from one pass through the prefix.
   *
   * @param isPoisoned whether true labels, where they are known, differ from labels
   * @param curves by their places among those that are wanted
   */
  private record SetTask(Tracer tracer, boolean isPoisoned, List<Integer> curves)
      implements Serializable {

    private Iterator<Part> trace(Iterator<ImageBlock> blocks) {
      List<Part> parts = new ArrayList<>();
      for (int curve : curves) {
        parts.add(new Part(curve, CurveCounts.none(order(curve).lastStep())));
      }
      try (CutPredictor predictor = tracer.predictor()) {
        while (blocks.hasNext()) {
          for (BlockSlice slice : BlockSlice.of(blocks.next(), tracer.batches().prefix())) {
            try (CutBlock cut = predictor.predict(slice)) {
              parts.replaceAll(part -> new Part(part.curve(), plus(part, slice, cut)));
            }
          }
        }
      }
      return parts.iterator();
    }

    private PruningOrder order(int curve) {
      return tracer.orders().value().get(curve);
    }

    private CurveCounts plus(Part part, BlockSlice slice, CutBlock cut) {
      PruningOrder order = order(part.curve());
      StepPlan plan = tracer.plan(cut, slice.images(), order);
      int[][] classes = plan.carryForward(cut.classes(plan.rows(), plan.steps(), order.ranks()));
      return part.counts().merge(counts(slice, classes, plan.pairs()));
    }

    private CurveCounts counts(BlockSlice slice, int[][] classes, int pairs) {
      int[] labels = slice.labels();
      return slice
          .trueLabels()
          .filter(known -> isPoisoned)
          .map(known -> CurveCounts.of(classes, labels, known, pairs))
          .orElseGet(() -> CurveCounts.of(classes, labels, pairs));
    }
  }
}
