package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.evaluation.Entropies;
import backsweep.evaluation.EntropyEvaluation;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.ResultStore;
import backsweep.store.Tables;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EntropyRow;
import backsweep.store.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Strip} on the sets of a network: what an earlier run committed is recalled, what is new is
 * measured and committed. It asks the original network alone, so its results are those of every
 * criterion.
 */
final class StripRun {

  private static final Logger LOG = LoggerFactory.getLogger(StripRun.class);

  private final SparkSession spark;
  private final ImageStore store;
  private final StageClock clock;
  private final CommitResults commit;

  StripRun(SparkSession spark, ImageStore store, StageClock clock, CommitResults commit) {
    this.spark = spark;
    this.store = store;
    this.clock = clock;
    this.commit = commit;
  }

  /**
   * What it does on every poisoned set; nothing where there is no clean test set or no poisoned
   * one.
   *
   * @param plan of any criterion
   */
  Map<ImageSet, EntropyEvaluation> execute(DefencePlan plan, Strip how, ResultStore results) {
    List<ImageSource> sources = Strip.sources(plan);
    if (sources.isEmpty()) {
      LOG.info("{} is left out: it needs a clean test set and a poisoned one", Strip.LABEL);
      return Map.of();
    }
    StripUnits units = new StripUnits(plan, how);
    Committed committed = clock.time("recall", () -> new Committed(results, units.all()));
    Map<ImageSet, SortedMap<Integer, Double>> entropies =
        new HashMap<>(recall(committed, units, sources));
    List<ImageSource> missing =
        sources.stream().filter(source -> !entropies.containsKey(source.set())).toList();
    LOG.info(
        "Recalled from earlier runs, {}: entropies of {} of {} image sets",
        Strip.LABEL,
        entropies.size(),
        sources.size());
    Map<ImageSet, SortedMap<Integer, Double>> measured = measure(plan, how, missing);
    entropies.putAll(measured);
    Map<ImageSet, EntropyEvaluation> found = evaluate(plan, entropies);
    clock.time("tables", () -> commit(committed, units, measured, found));
    return found;
  }

  private static Map<ImageSet, SortedMap<Integer, Double>> recall(
      Committed committed, StripUnits units, List<ImageSource> sources) {
    Map<ImageSet, SortedMap<Integer, Double>> recalled = new HashMap<>();
    for (ImageSource source : sources) {
      ImageSet set = source.set();
      committed
          .rows(Tables.ENTROPIES, EntropyRow::unit, units.entropies(set))
          .map(StripRun::byImage)
          .filter(
              found -> List.copyOf(found.keySet()).equals(places(units.plan(), units.how(), set)))
          .ifPresent(found -> recalled.put(set, found));
    }
    return recalled;
  }

  private static SortedMap<Integer, Double> byImage(List<EntropyRow> rows) {
    return rows.stream()
        .collect(toMap(EntropyRow::image, EntropyRow::entropy, (one, same) -> one, TreeMap::new));
  }

  private static List<Integer> places(DefencePlan plan, Strip how, ImageSet set) {
    List<Integer> places = new ArrayList<>();
    for (int place : how.measured(set, plan.validation())) {
      places.add(place);
    }
    return places;
  }

  private Map<ImageSet, SortedMap<Integer, Double>> measure(
      DefencePlan plan, Strip how, List<ImageSource> missing) {
    if (missing.isEmpty()) {
      return Map.of();
    }
    List<ImageSource> needed =
        Stream.concat(Stream.of(plan.source(plan.validation())), missing.stream())
            .distinct()
            .toList();
    List<ImportedImages> imported =
        clock.time("import", () -> new ImportImages(spark, store).execute(needed));
    List<ImportedImages> measured = imported.subList(needed.size() - missing.size(), needed.size());
    return clock.time(
        Strip.LABEL,
        () ->
            new MeasureEntropies(spark, store, plan.batches(1).whole())
                .execute(plan.subject().models().whole(), how, imported.get(0), measured));
  }

  private static Map<ImageSet, EntropyEvaluation> evaluate(
      DefencePlan plan, Map<ImageSet, SortedMap<Integer, Double>> measured) {
    Map<ImageSet, Entropies> entropies = new HashMap<>();
    measured.forEach(
        (set, byImage) -> entropies.put(set, new Entropies(List.copyOf(byImage.values()))));
    Map<ImageSet, EntropyEvaluation> found = new LinkedHashMap<>();
    for (ImageSet set : plan.sets()) {
      if (set.role() == Role.POISONED) {
        found.put(
            set,
            EntropyEvaluation.of(
                entropies.get(plan.validation()),
                entropies.get(plan.cleanTest().orElseThrow()),
                entropies.get(set)));
      }
    }
    return found;
  }

  private void commit(
      Committed committed,
      StripUnits units,
      Map<ImageSet, SortedMap<Integer, Double>> measured,
      Map<ImageSet, EntropyEvaluation> found) {
    List<CommitResults.Done> done = new ArrayList<>();
    measured.forEach(
        (set, entropies) ->
            done.add(
                new CommitResults.Done(
                    units.entropies(set),
                    attempt -> EntropyRows.entropies(attempt, set, entropies))));
    found.forEach(
        (poisoned, evaluation) -> {
          Unit unit = units.detector(poisoned);
          Optional<List<DetectorRow>> rows =
              committed.rows(Tables.DETECTORS, DetectorRow::unit, unit);
          if (rows.filter(known -> known.size() == 1).isEmpty()) {
            done.add(
                new CommitResults.Done(
                    unit, attempt -> EntropyRows.detector(attempt, poisoned, evaluation)));
          }
        });
    if (!done.isEmpty()) {
      commit.done(units.plan(), done);
    }
  }
}
