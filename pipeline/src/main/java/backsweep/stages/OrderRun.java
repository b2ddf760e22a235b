package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.GradientCriterion;
import backsweep.pruning.InvalidOrderException;
import backsweep.pruning.PruningOrder;
import backsweep.stages.ScoreChannels.Scores;
import backsweep.stages.ScoreChannels.Wanted;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the channels of networks in order. A criterion that fails at it costs no other one. */
final class OrderRun {

  private static final Logger LOG = LoggerFactory.getLogger(OrderRun.class);

  private static final String GRADIENTS = "gradients";

  private final SparkSession spark;
  private final ImageStore store;
  private final StageClock clock;

  OrderRun(SparkSession spark, ImageStore store, StageClock clock) {
    this.spark = spark;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Those that are in order, and those that are not, each in the order of the plans.
   *
   * @param ordered to be pruned
   * @param failed criteria
   */
  record Orders(List<Ordered> ordered, List<FailedCriterion> failed) {}

  /**
   * Puts them in order.
   *
   * @param statistics of each
   * @param images of the clean validation sets that are needed
   */
  Orders execute(
      List<Begun> begun, List<ChannelStatistics> statistics, Map<ImageSet, ImportedImages> images) {
    Scores[] scores = score(begun, images);
    Orders orders = new Orders(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < begun.size(); i++) {
      Begun one = begun.get(i);
      try {
        PruningOrder order = order(one, statistics.get(i), scores[i]);
        LOG.info(Decision.order(one.plan().criterion(), order));
        orders.ordered().add(new Ordered(one, statistics.get(i), order));
      } catch (UnsupportedNetworkException | InvalidOrderException e) {
        // What the criterion says of this network; a failure of the cluster is none of its own.
        Failure failure = new Failure(stage(one.plan()), e.getMessage());
        orders.failed().add(new FailedCriterion(one.plan(), failure));
      }
    }
    return orders;
  }

  /** What gradients say of each; null where they are not asked, or an earlier run left an order. */
  private Scores[] score(List<Begun> begun, Map<ImageSet, ImportedImages> images) {
    Scores[] scores = new Scores[begun.size()];
    Map<Integer, Wanted> wanted = new LinkedHashMap<>();
    for (int i = 0; i < scores.length; i++) {
      DefencePlan plan = begun.get(i).plan();
      if (plan.criterion() instanceof GradientCriterion criterion
          && begun.get(i).recalled().order().isEmpty()) {
        wanted.put(i, new Wanted(plan, criterion, images.get(plan.validation())));
      }
    }
    if (!wanted.isEmpty()) {
      List<Wanted> all = List.copyOf(wanted.values());
      Iterator<Scores> found =
          clock.time(GRADIENTS, () -> new ScoreChannels(spark, store).execute(all)).iterator();
      wanted.keySet().forEach(i -> scores[i] = found.next());
    }
    return scores;
  }

  private static PruningOrder order(Begun begun, ChannelStatistics statistics, Scores scores) {
    return begun
        .recalled()
        .order()
        .orElseGet(() -> begun.plan().order(statistics, criterion -> scores.required()));
  }

  private static String stage(DefencePlan plan) {
    return plan.criterion() instanceof GradientCriterion ? GRADIENTS : "order";
  }
}
