package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.evaluation.Entropies;
import backsweep.evaluation.EntropyEvaluation;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.stages.MeasureEntropies.Wanted;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.ResultStore;
import backsweep.store.Tables;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EntropyRow;
import backsweep.store.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
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
 * {@link Strip} on the sets of networks: what an earlier run committed is recalled, what is new is
 * measured in one Spark job and committed. It asks the original networks alone, so its results are
 * those of every criterion.
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
   * What is known of a network.
   *
   * @param entropies by set, by the places of images
   * @param missing the sources of the other sets that are measured
   */
  private record Known(
      StripUnits units,
      Map<ImageSet, SortedMap<Integer, Double>> entropies,
      List<ImageSource> missing) {

    private DefencePlan plan() {
      return units.plan();
    }

    private Stream<ImageSource> needed() {
      return missing.isEmpty()
          ? Stream.empty()
          : Stream.concat(Stream.of(plan().source(plan().validation())), missing.stream());
    }

    /** The same with what was measured now. */
    private Known with(Map<ImageSet, SortedMap<Integer, Double>> measured) {
      Map<ImageSet, SortedMap<Integer, Double>> all = new HashMap<>(entropies);
      all.putAll(measured);
      return new Known(units, all, List.of());
    }

    private boolean isComparable() {
      return !Strip.sources(plan()).isEmpty();
    }
  }

  /**
   * What it does on every poisoned set of each network; nothing where there is no clean test set or
   * no poisoned one.
   *
   * @param plans of any criterion, one for each network
   */
  List<Map<ImageSet, EntropyEvaluation>> execute(
      List<DefencePlan> plans, Strip how, ResultStore results) {
    List<StripUnits> units = plans.stream().map(plan -> new StripUnits(plan, how)).toList();
    Committed committed =
        clock.time("recall", () -> new Committed(results, units.stream().flatMap(StripUnits::all)));
    List<Known> recalled = units.stream().map(one -> recall(committed, one)).toList();
    List<Map<ImageSet, SortedMap<Integer, Double>>> measured = measure(recalled, how);
    List<Map<ImageSet, EntropyEvaluation>> found = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      found.add(evaluate(recalled.get(i).with(measured.get(i))));
    }
    clock.time("tables", () -> commit(committed, units, measured, found));
    return found;
  }

  private static Known recall(Committed committed, StripUnits units) {
    List<ImageSource> sources = Strip.sources(units.plan());
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
    if (sources.isEmpty()) {
      LOG.info("{} is left out: it needs a clean test set and a poisoned one", Strip.LABEL);
    } else {
      LOG.info(
          "Recalled from earlier runs, {}: entropies of {} of {} image sets",
          Strip.LABEL,
          recalled.size(),
          sources.size());
    }
    return new Known(
        units,
        recalled,
        sources.stream().filter(source -> !recalled.containsKey(source.set())).toList());
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

  /** The entropies that are missing, of every network. */
  private List<Map<ImageSet, SortedMap<Integer, Double>>> measure(List<Known> known, Strip how) {
    List<ImageSource> needed = known.stream().flatMap(Known::needed).distinct().toList();
    if (needed.isEmpty()) {
      return known.stream().map(one -> Map.<ImageSet, SortedMap<Integer, Double>>of()).toList();
    }
    Map<ImageSet, ImportedImages> images = new HashMap<>();
    clock
        .time("import", () -> new ImportImages(spark, store).execute(needed))
        .forEach(imported -> images.put(imported.set(), imported));
    List<Wanted> wanted =
        known.stream()
            .filter(one -> !one.missing().isEmpty())
            .map(one -> wanted(one, images))
            .toList();
    Iterator<Map<ImageSet, SortedMap<Integer, Double>>> measured =
        clock
            .time(Strip.LABEL, () -> new MeasureEntropies(spark, store).execute(how, wanted))
            .iterator();
    return known.stream()
        .map(
            one ->
                one.missing().isEmpty()
                    ? Map.<ImageSet, SortedMap<Integer, Double>>of()
                    : measured.next())
        .toList();
  }

  private static Wanted wanted(Known known, Map<ImageSet, ImportedImages> images) {
    DefencePlan plan = known.plan();
    return new Wanted(
        plan.subject().models().whole(),
        plan.batches(1).whole(),
        images.get(plan.validation()),
        known.missing().stream().map(source -> images.get(source.set())).toList());
  }

  private static Map<ImageSet, EntropyEvaluation> evaluate(Known known) {
    if (!known.isComparable()) {
      return Map.of();
    }
    DefencePlan plan = known.plan();
    Map<ImageSet, Entropies> entropies = new HashMap<>();
    known
        .entropies()
        .forEach(
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
      List<StripUnits> units,
      List<Map<ImageSet, SortedMap<Integer, Double>>> measured,
      List<Map<ImageSet, EntropyEvaluation>> found) {
    List<CommitResults.Done> done = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      done.addAll(entropies(units.get(i), measured.get(i)));
      done.addAll(detectors(committed, units.get(i), found.get(i)));
    }
    commit.done(done);
  }

  private static List<CommitResults.Done> entropies(
      StripUnits units, Map<ImageSet, SortedMap<Integer, Double>> measured) {
    return measured.keySet().stream()
        .map(
            set ->
                new CommitResults.Done(
                    units.plan(),
                    units.entropies(set),
                    attempt -> EntropyRows.entropies(attempt, set, measured.get(set))))
        .toList();
  }

  private static List<CommitResults.Done> detectors(
      Committed committed, StripUnits units, Map<ImageSet, EntropyEvaluation> found) {
    List<CommitResults.Done> done = new ArrayList<>();
    found.forEach(
        (poisoned, evaluation) -> {
          Unit unit = units.detector(poisoned);
          Optional<List<DetectorRow>> rows =
              committed.rows(Tables.DETECTORS, DetectorRow::unit, unit);
          if (rows.filter(known -> known.size() == 1).isEmpty()) {
            done.add(
                new CommitResults.Done(
                    units.plan(),
                    unit,
                    attempt -> EntropyRows.detector(attempt, poisoned, evaluation)));
          }
        });
    return done;
  }
}
