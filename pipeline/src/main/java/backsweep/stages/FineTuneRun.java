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
 * Fine-tuning of repairs, of all networks and criteria side by side. What was recalled is left
 * alone, what is new is committed as soon as it is known.
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
    return defence.pruned().filter(one -> defence.isToBeTuned(one.repair()));
  }

  private static boolean isMissing(PrunedNetwork pruned, Recalled known) {
    return !known.fineTuned().containsKey(pruned.repair().rule());
  }

  private List<FineTuned> make(List<PrunedNetwork> missing, Map<ImageSet, ImportedImages> images) {
    if (missing.isEmpty()) {
      return List.of();
    }
    FineTuneRepairs fineTune = new FineTuneRepairs(spark, store, images);
    List<FineTuned> made = new ArrayList<>();
    for (List<PrunedNetwork> some : fineTune.rounds(missing)) {
      List<FineTuned> tuned = clock.time("fine-tuning", () -> fineTune.execute(some));
      clock.time("tables", () -> commit.fineTuned(some, tuned));
      made.addAll(tuned);
    }
    return made;
  }
}
