package backsweep.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import backsweep.images.ImageSet;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.RepairedNetworkRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Puts repairs together with what they were measured to do. A repair that was made again, as with
 * other settings of fine-tuning, is the one that was made last; and only what was measured on the
 * image sets that count now is told of it.
 */
final class ReadRepairs {

  private static final String ORIGINAL = "original";
  private static final String REPAIRED = "repaired";

  private final Lineage lineage;
  private final Map<String, List<RepairedNetworkRow>> byCurve;
  private final Map<String, List<EvaluationRow>> evaluations;

  ReadRepairs(Lineage lineage, List<RepairedNetworkRow> repairs, List<EvaluationRow> evaluations) {
    this.lineage = lineage;
    this.byCurve = repairs.stream().collect(groupingBy(row -> lineage.validationCurve(row.unit())));
    this.evaluations = evaluations.stream().collect(groupingBy(EvaluationRow::unit));
  }

  /** Which of the repairs of one order are the same one, made more than once. */
  private record Place(double dropPercent, String rule, boolean isFineTuned) {

    private static Place of(RepairedNetworkRow row) {
      return new Place(row.dropPercent(), row.rule(), row.fineTuned());
    }
  }

  /**
   * The repairs of one order.
   *
   * @param curves all units of curves in that order
   * @param current those of them that count
   */
  List<RepairFindings> of(Collection<String> curves, Set<String> current) {
    Map<Place, List<RepairedNetworkRow>> made =
        curves.stream()
            .flatMap(curve -> byCurve.getOrDefault(curve, List.of()).stream())
            .collect(groupingBy(Place::of));
    return made.values().stream()
        .map(rows -> repair(rows, current))
        .sorted(RepairFindings.ORDER)
        .toList();
  }

  private RepairFindings repair(List<RepairedNetworkRow> rows, Set<String> current) {
    RepairedNetworkRow last =
        rows.stream().reduce((one, two) -> isLater(one, two) ? one : two).orElseThrow();
    Map<String, List<EvaluationRow>> bySet = new TreeMap<>();
    latest(measuring(last, rows), current).forEach(bySet::put);
    if (bySet.size() > 1) {
      bySet.remove(""); // from before there was a poisoned set
    }
    return new RepairFindings(
        last, bySet.values().stream().flatMap(set -> measures(last, set, current)).toList());
  }

  private boolean isLater(RepairedNetworkRow one, RepairedNetworkRow other) {
    return lineage.isLater(one.unit(), other.unit());
  }

  /** The units that measured it; what was fine-tuned is measured again where a set is new. */
  private Stream<String> measuring(RepairedNetworkRow last, List<RepairedNetworkRow> rows) {
    return last.fineTuned()
        ? rows.stream()
            .filter(row -> Objects.equals(row.sha256(), last.sha256()))
            .map(RepairedNetworkRow::unit)
        : lineage.evaluationsOf(last.unit()).stream();
  }

  /** Of each poisoned set the rows of the unit that measured last. */
  private Map<String, List<EvaluationRow>> latest(Stream<String> units, Set<String> current) {
    Map<String, List<EvaluationRow>> bySet = new HashMap<>();
    units.forEach(
        unit ->
            evaluations.getOrDefault(unit, List.of()).stream()
                .filter(row -> isOf(unit, row.imageSet(), current))
                .collect(groupingBy(row -> row.imageSet() == null ? "" : row.imageSet()))
                .forEach(
                    (set, rows) -> {
                      List<EvaluationRow> before = bySet.get(set);
                      if (before == null || lineage.isLater(unit, before.get(0).unit())) {
                        bySet.put(set, rows);
                      }
                    }));
    return bySet;
  }

  /** Whether a unit measured the images that count, not others of the same name. */
  private boolean isOf(String unit, String poisoned, Set<String> current) {
    Stream<String> measured =
        Stream.of(
            lineage.ingredient(unit, "clean_test_curve"),
            lineage.ingredient(unit, "poisoned_curve"),
            lineage.ingredient(unit, "curve of " + ImageSet.CLEAN_TEST),
            poisoned == null ? "" : lineage.ingredient(unit, "curve of " + poisoned));
    return measured.allMatch(curve -> curve.isEmpty() || current.contains(curve));
  }

  /** A fine-tuned network is compared with the original of the repair it was tuned from. */
  private Stream<Measures> measures(
      RepairedNetworkRow repair, List<EvaluationRow> rows, Set<String> current) {
    Map<String, EvaluationRow> bySubject =
        rows.stream().collect(toMap(EvaluationRow::subject, row -> row, (one, other) -> other));
    EvaluationRow repaired = bySubject.get(REPAIRED);
    EvaluationRow goodNet = bySubject.get("goodnet");
    if (repaired == null || goodNet == null) {
      return Stream.empty(); // damaged
    }
    return Optional.ofNullable(bySubject.get(ORIGINAL))
        .or(() -> original(repair, repaired, current))
        .map(original -> new Measures(original, repaired, goodNet))
        .stream();
  }

  private Optional<EvaluationRow> original(
      RepairedNetworkRow repair, EvaluationRow repaired, Set<String> current) {
    String set = repaired.imageSet() == null ? "" : repaired.imageSet();
    Stream<String> untuned =
        lineage.evaluationsOf(lineage.ingredient(repair.unit(), "repair")).stream();
    return latest(untuned, current).getOrDefault(set, List.of()).stream()
        .filter(row -> row.subject().equals(ORIGINAL))
        .findFirst();
  }
}
