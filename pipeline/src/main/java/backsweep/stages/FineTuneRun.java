package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Fine-tuning of the repairs of one network, by all criteria side by side. What was recalled is
 * left alone, what is new is committed as soon as it is known.
 */
final class FineTuneRun {

  private final SparkSession spark;
  private final ImageStore store;
  private final StageClock clock;
  private final CommitResults commit;

  FineTuneRun(SparkSession spark, ImageStore store, StageClock clock, CommitResults commit) {
    this.spark = spark;
    this.store = store;
    this.clock = clock;
    this.commit = commit;
  }

  /**
   * The defences with their repairs after fine-tuning.
   *
   * @param recalled of each defence
   * @param images of every set that is needed
   */
  List<Defence> execute(
      List<Defence> defences, List<Recalled> recalled, Map<ImageSet, ImportedImages> images) {
    List<PrunedNetwork> missing =
        IntStream.range(0, defences.size())
            .boxed()
            .flatMap(i -> pruned(defences.get(i)).filter(one -> isMissing(one, recalled.get(i))))
            .toList();
    Iterator<FineTuned> made = make(missing, images).iterator();
    List<Defence> tuned = new ArrayList<>();
    for (int i = 0; i < defences.size(); i++) {
      Recalled known = recalled.get(i);
      List<FineTuned> all =
          pruned(defences.get(i))
              .map(
                  one ->
                      isMissing(one, known)
                          ? made.next()
                          : known.fineTuned().get(one.repair().rule()))
              .toList();
      tuned.add(defences.get(i).with(all));
    }
    return tuned;
  }

  private static Stream<PrunedNetwork> pruned(Defence defence) {
    return defence.repairs().stream()
        .filter(defence::isToBeTuned)
        .map(repair -> new PrunedNetwork(defence, repair));
  }

  private static boolean isMissing(PrunedNetwork pruned, Recalled known) {
    return !known.fineTuned().containsKey(pruned.repair().rule());
  }

  private List<FineTuned> make(List<PrunedNetwork> missing, Map<ImageSet, ImportedImages> images) {
    if (missing.isEmpty()) {
      return List.of();
    }
    DefencePlan plan = missing.get(0).defence().plan();
    ImportedImages learned = images.get(plan.fineTuning().orElseThrow().source().set());
    List<ImportedImages> sets = plan.sets().stream().map(images::get).toList();
    FineTuneRepairs fineTune = new FineTuneRepairs(spark, store, plan);
    int atOnce = fineTune.atOnce();
    List<FineTuned> made = new ArrayList<>();
    for (int first = 0; first < missing.size(); first += atOnce) {
      List<PrunedNetwork> some = missing.subList(first, Math.min(missing.size(), first + atOnce));
      List<FineTuned> tuned =
          clock.time("fine-tuning", () -> fineTune.execute(some, learned, sets));
      clock.time("tables", () -> commit.fineTuned(some, tuned));
      made.addAll(tuned);
    }
    return made;
  }
}
