package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.stages.MeasureActivations.Wanted;
import backsweep.store.Batch.Attempt;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.TableRow;
import backsweep.store.Tables;
import backsweep.store.Tables.ActivationRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mean activations of networks on clean and on poisoned images, of all networks in one job; they
 * are the same for all criteria of a network. What was recalled is left alone, what is new is
 * committed. Where they cannot be measured there are none, and a warning says why: nothing else
 * depends on them.
 */
final class ActivationsRun {

  private static final Logger LOG = LoggerFactory.getLogger(ActivationsRun.class);

  private final SparkSession spark;
  private final ImageStore store;
  private final StageClock clock;
  private final CommitResults commit;

  ActivationsRun(SparkSession spark, ImageStore store, StageClock clock, CommitResults commit) {
    this.spark = spark;
    this.store = store;
    this.clock = clock;
    this.commit = commit;
  }

  /** The sets of a network on which they are missing. */
  private record Missing(DefencePlan plan, List<ImageSet> sets) {

    private Wanted wanted(Map<ImageSet, ImportedImages> images, int pairsPerBatch) {
      return new Wanted(
          plan.subject().models().statistics(plan.point()),
          plan.batches(pairsPerBatch).statistics(),
          sets.stream().map(images::get).toList());
    }
  }

  /**
   * Measures what is missing, and commits it.
   *
   * @param begun defences, of one network by one criterion or several
   * @param images of the sets on which something is missing
   * @param pairsPerBatch (image, step) pairs that are answered at once
   */
  void execute(List<Begun> begun, Map<ImageSet, ImportedImages> images, int pairsPerBatch) {
    Map<String, Missing> networks = new LinkedHashMap<>();
    for (Begun one : begun) {
      List<ImageSet> sets = one.recalled().missingActivations(one.plan());
      if (!sets.isEmpty()) {
        networks.putIfAbsent(one.plan().network(), new Missing(one.plan(), sets));
      }
    }
    if (!networks.isEmpty()) {
      List<Missing> missing = List.copyOf(networks.values());
      measure(missing.stream().map(one -> one.wanted(images, pairsPerBatch)).toList())
          .ifPresent(measured -> clock.time("tables", () -> commit(missing, measured)));
    }
  }

  private Optional<List<Map<ImageSet, MeanActivations>>> measure(List<Wanted> wanted) {
    try {
      return Optional.of(
          clock.time("activations", () -> new MeasureActivations(spark, store).execute(wanted)));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
      LOG.warn("What triggers drive could not be measured: {}", e.toString());
      return Optional.empty();
    }
  }

  private void commit(List<Missing> missing, List<Map<ImageSet, MeanActivations>> measured) {
    List<CommitResults.Done> done = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      DefencePlan plan = missing.get(i).plan();
      Map<ImageSet, MeanActivations> found = measured.get(i);
      for (ImageSet set : missing.get(i).sets()) {
        done.add(
            new CommitResults.Done(
                plan,
                new Units(plan).activations(set),
                attempt -> rows(attempt, plan.point().statisticsLayer(), set, found.get(set))));
      }
    }
    commit.done(done);
  }

  /** Rows of an activations unit: a channel each. */
  private static List<TableRow<?>> rows(
      Attempt attempt, String layer, ImageSet set, MeanActivations found) {
    List<TableRow<?>> rows = new ArrayList<>();
    for (int channel = 0; channel < found.channels().size(); channel++) {
      ActivationRow row =
          new ActivationRow(
              attempt.unit(),
              attempt.attempt(),
              attempt.network(),
              layer,
              set.name(),
              set.sha256(),
              set.role().tableName(),
              channel,
              found.channels().get(channel).mean(),
              found.channels().get(channel).deviation(),
              found.images());
      rows.add(new TableRow<>(Tables.ACTIVATIONS, row));
    }
    return rows;
  }
}
