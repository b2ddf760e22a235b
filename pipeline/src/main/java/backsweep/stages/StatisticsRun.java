package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.images.ImageSet;
import backsweep.pruning.ChannelStatistics;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Channel statistics of networks, of all of them in one job; they serve all criteria of a network.
 * What was recalled is left alone, what is new is committed as soon as it is known.
 */
final class StatisticsRun {

  private final SparkSession spark;
  private final ImageStore store;
  private final StageClock clock;
  private final CommitResults commit;

  StatisticsRun(SparkSession spark, ImageStore store, StageClock clock, CommitResults commit) {
    this.spark = spark;
    this.store = store;
    this.clock = clock;
    this.commit = commit;
  }

  /**
   * The statistics of every plan.
   *
   * @param images of the clean validation sets that are needed
   * @param pairsPerBatch (image, step) pairs that are answered at once
   */
  List<ChannelStatistics> execute(
      List<Begun> begun, Map<ImageSet, ImportedImages> images, int pairsPerBatch) {
    Map<String, ChannelStatistics> known = new HashMap<>();
    Map<String, DefencePlan> missing = new LinkedHashMap<>();
    for (Begun one : begun) {
      DefencePlan plan = one.plan();
      one.recalled()
          .statistics()
          .ifPresentOrElse(
              found -> known.put(plan.network(), found),
              () -> missing.putIfAbsent(plan.network(), plan));
    }
    if (!missing.isEmpty()) {
      known.putAll(collect(missing, images, pairsPerBatch));
    }
    return begun.stream().map(one -> known.get(one.plan().network())).toList();
  }

  private Map<String, ChannelStatistics> collect(
      Map<String, DefencePlan> missing, Map<ImageSet, ImportedImages> images, int pairsPerBatch) {
    List<DefencePlan> of = List.copyOf(missing.values());
    List<CollectChannelStatistics.Wanted> wanted =
        of.stream()
            .map(
                plan ->
                    new CollectChannelStatistics.Wanted(
                        plan.subject().models().statistics(plan.point()),
                        plan.batches(pairsPerBatch).statistics(),
                        images.get(plan.validation())))
            .toList();
    List<ChannelStatistics> collected =
        clock.time("statistics", () -> new CollectChannelStatistics(spark, store).execute(wanted));
    for (int i = 0; i < of.size(); i++) {
      collected.get(i).requireFinite(of.get(i).point().statisticsLayer());
    }
    clock.time("tables", () -> commit.statistics(of, collected));
    Iterator<ChannelStatistics> next = collected.iterator();
    return missing.keySet().stream().collect(toMap(network -> network, network -> next.next()));
  }
}
