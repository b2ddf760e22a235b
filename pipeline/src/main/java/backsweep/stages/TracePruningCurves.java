package backsweep.stages;

import backsweep.images.ImageBlock;
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
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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
  private final int pairsPerBatch;

  /**
   * Traces on the images of a store.
   *
   * @param pairsPerBatch (image, step) pairs that are answered at once
   */
  public TracePruningCurves(SparkSession spark, ImageStore store, int pairsPerBatch) {
    this.spark = spark;
    this.store = store;
    this.pairsPerBatch = pairsPerBatch;
  }

  /** The curves of a network on some image sets, in the order of the sets. */
  List<PruningCurve> execute(CutModels models, PruningOrder order, List<ImportedImages> sets) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Tracer tracer = new Tracer(context.broadcast(models), order, pairsPerBatch);
    CurveCounts[] sums = new CurveCounts[sets.size()];
    Arrays.fill(sums, CurveCounts.none(order.lastStep()));
    for (SetCounts part : job(order, sets).run(spark, count -> trace(tracer, sets, count))) {
      sums[part.set()] = sums[part.set()].merge(part.counts());
    }
    return curves(sums, order, sets);
  }

  private static ImageJob job(PruningOrder order, List<ImportedImages> sets) {
    long images = sets.stream().mapToLong(set -> set.set().images()).sum();
    String description =
        "pruning curves, %d steps on %d image sets".formatted(order.lastStep() + 1, sets.size());
    return new ImageJob("curves", images, description);
  }

  private List<SetCounts> trace(Tracer tracer, List<ImportedImages> sets, ImageCount count) {
    List<JavaRDD<SetCounts>> parts = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      int set = i;
      boolean isPoisoned = sets.get(i).set().role() == Role.POISONED;
      JavaRDD<ImageBlock> blocks = count.of(store.blocks(sets.get(i)));
      parts.add(blocks.mapPartitions(partition -> tracer.trace(set, isPoisoned, partition)));
    }
    return parts.stream().reduce(JavaRDD::union).orElseThrow().collect();
  }

  private static List<PruningCurve> curves(
      CurveCounts[] sums, PruningOrder order, List<ImportedImages> sets) {
    List<PruningCurve> curves = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      CurveCounts counts = sums[i];
      sets.get(i).set().requireAll(counts.images());
      LOG.info(
          "{}: {} images, {} of {} steps computed for each on average",
          sets.get(i).set().name(),
          counts.images(),
          "%.1f".formatted((double) counts.pairs() / counts.images()),
          order.lastStep() + 1);
      curves.add(new PruningCurve(sets.get(i).set(), order, counts.steps()));
    }
    return curves;
  }

  private record SetCounts(int set, CurveCounts counts) implements Serializable {}

  /** The work of a task. */
  private record Tracer(Broadcast<CutModels> models, PruningOrder order, int pairsPerBatch)
      implements Serializable {

    private Iterator<SetCounts> trace(int set, boolean isPoisoned, Iterator<ImageBlock> blocks) {
      CurveCounts counts = CurveCounts.none(order.lastStep());
      CutModels cut = models.value();
      try (CutPredictor predictor =
          new CutPredictor(cut.prefix(), cut.suffix(), ExecutorThreads.here(), pairsPerBatch)) {
        while (blocks.hasNext()) {
          counts = counts.merge(count(predictor, blocks.next(), isPoisoned));
        }
      }
      return List.of(new SetCounts(set, counts)).iterator();
    }

    private CurveCounts count(CutPredictor predictor, ImageBlock block, boolean isPoisoned) {
      try (CutBlock cut = predictor.predict(new BlockSource(block))) {
        StepPlan plan =
            models.value().masksAllCross()
                ? StepPlan.lazy(block.images(), cut::isActive, order)
                : StepPlan.complete(block.images(), order);
        int[][] classes = plan.carryForward(cut.classes(plan.rows(), plan.steps(), order.ranks()));
        int[] labels = block.labels();
        return block
            .trueLabels()
            .filter(known -> isPoisoned)
            .map(known -> CurveCounts.of(classes, labels, known, plan.pairs()))
            .orElseGet(() -> CurveCounts.of(classes, labels, plan.pairs()));
      }
    }
  }
}
