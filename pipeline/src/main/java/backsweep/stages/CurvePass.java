package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.inference.CutBlock;
import backsweep.inference.CutPredictor;
import backsweep.pruning.CurveCounts;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StepPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Curves of one network on blocks of one image set, on an executor: all from one pass through the
 * prefix. Close it.
 */
final class CurvePass implements AutoCloseable {

  private final CutModels models;
  private final List<PruningOrder> orders;
  private final boolean isPoisoned;
  private final CutPredictor predictor;
  private final List<CurveCounts> counts = new ArrayList<>();

  /**
   * A pass that has counted nothing.
   *
   * @param orders of the curves
   * @param isPoisoned whether true labels, where they are known, differ from labels
   */
  CurvePass(CutModels models, List<PruningOrder> orders, boolean isPoisoned) {
    this.models = models;
    this.orders = orders;
    this.isPoisoned = isPoisoned;
    this.predictor = models.predictor();
    orders.forEach(order -> counts.add(CurveCounts.none(order.lastStep())));
  }

  /** Counts the answers to one more block. */
  void add(ImageBlock block) {
    for (BlockSlice slice : BlockSlice.of(block, models.batches().prefix())) {
      try (CutBlock cut = predictor.predict(slice)) {
        for (int curve = 0; curve < orders.size(); curve++) {
          counts.set(curve, counts.get(curve).merge(counts(slice, cut, orders.get(curve))));
        }
      }
    }
  }

  /** What was counted of each curve. */
  List<CurveCounts> counts() {
    return List.copyOf(counts);
  }

  @Override
  public void close() {
    predictor.close();
  }

  private CurveCounts counts(BlockSlice slice, CutBlock cut, PruningOrder order) {
    StepPlan plan =
        models.masksAllCross()
            ? StepPlan.lazy(slice.images(), cut::isActive, order)
            : StepPlan.complete(slice.images(), order);
    int[][] classes = plan.carryForward(cut.classes(plan.rows(), plan.steps(), order.ranks()));
    int[] labels = slice.labels();
    return slice
        .trueLabels()
        .filter(known -> isPoisoned)
        .map(known -> CurveCounts.of(classes, labels, known, plan.pairs()))
        .orElseGet(() -> CurveCounts.of(classes, labels, plan.pairs()));
  }
}
