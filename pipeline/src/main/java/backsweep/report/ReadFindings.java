package backsweep.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import backsweep.store.ResultStore;
import backsweep.store.Tables;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.RepairedNetworkRow;
import backsweep.store.Tables.UnitRow;
import backsweep.store.Unit.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the tables of an output and puts together what belongs together: a unit of work says in its
 * ingredients which units it was made of. Where a set of one name was exchanged for another, what
 * was measured last counts.
 */
public final class ReadFindings {

  private static final String STRIP = "strip";

  private final Lineage lineage;
  private final Map<String, List<ChannelStatisticsRow>> channels;
  private final Map<String, List<PruningCurveRow>> curves;
  private final Map<String, List<EvaluationRow>> evaluations;
  private final List<NetworkRow> networks;
  private final Map<String, List<RepairedNetworkRow>> repairsByCurve;
  private final Map<String, List<DetectorRow>> detectorsByCurve;
  private final Map<String, List<DetectorRow>> stripByNetwork;

  private ReadFindings(ResultStore store) {
    Map<String, UnitRow> units = store.latest();
    this.lineage = new Lineage(units);
    Map<String, String> done = lineage.done();
    this.networks = store.rows(Tables.NETWORKS, done);
    this.channels = byUnit(store.rows(Tables.CHANNEL_STATISTICS, done), ChannelStatisticsRow::unit);
    this.curves = byUnit(store.rows(Tables.PRUNING_CURVE, done), PruningCurveRow::unit);
    this.evaluations = byUnit(store.rows(Tables.EVALUATIONS, done), EvaluationRow::unit);
    this.repairsByCurve =
        store.rows(Tables.REPAIRED_NETWORKS, done).stream()
            .collect(groupingBy(row -> lineage.validationCurve(row.unit())));
    List<DetectorRow> detectors = store.rows(Tables.DETECTORS, done);
    this.detectorsByCurve =
        detectors.stream().collect(groupingBy(row -> lineage.validationCurve(row.unit())));
    this.stripByNetwork =
        detectors.stream()
            .filter(row -> STRIP.equals(row.detector()))
            .collect(groupingBy(DetectorRow::network));
  }

  /**
   * All that an output knows.
   *
   * @throws backsweep.store.UnreadableResultsException if a file of it cannot be read
   */
  public static Findings of(ResultStore store) {
    return new ReadFindings(store).findings();
  }

  private static <R> Map<String, List<R>> byUnit(List<R> rows, Function<R, String> unit) {
    return rows.stream().collect(groupingBy(unit));
  }

  private Findings findings() {
    return new Findings(
        networks.stream()
            .sorted(comparing(NetworkRow::network).thenComparing(NetworkRow::unit))
            .map(this::network)
            .toList(),
        failures(),
        lineage.latest());
  }

  private NetworkFindings network(NetworkRow network) {
    List<CriterionFindings> criteria =
        lineage.criteria(network.unit()).stream()
            .map(this::criterion)
            .filter(criterion -> !criterion.curves().isEmpty())
            .sorted(comparing(CriterionFindings::isRandom).thenComparing(CriterionFindings::name))
            .toList();
    return new NetworkFindings(
        network,
        channels.getOrDefault(network.unit(), List.of()).stream()
            .sorted(comparingInt(ChannelStatisticsRow::channel))
            .toList(),
        criteria,
        latest(
            stripByNetwork.getOrDefault(network.network(), List.of()),
            DetectorRow::imageSet,
            DetectorRow::unit));
  }

  private CriterionFindings criterion(List<UnitRow> curveUnits) {
    List<SetCurve> found =
        latest(
                curveUnits.stream().filter(unit -> curves.containsKey(unit.unit())).toList(),
                unit -> lineage.ingredient(unit.unit(), "image_set"),
                UnitRow::unit)
            .stream()
            .map(unit -> SetCurve.of(curves.get(unit.unit())))
            .sorted(comparing(SetCurve::role).thenComparing(SetCurve::name))
            .toList();
    List<String> ids = curveUnits.stream().map(UnitRow::unit).toList();
    return new CriterionFindings(
        lineage.ingredient(ids.get(0), "criterion"),
        found,
        of(ids, repairsByCurve).stream().map(this::repair).sorted(RepairFindings.ORDER).toList(),
        latest(of(ids, detectorsByCurve), DetectorRow::imageSet, DetectorRow::unit));
  }

  private static <T> List<T> of(List<String> curves, Map<String, List<T>> byCurve) {
    return curves.stream().flatMap(id -> byCurve.getOrDefault(id, List.of()).stream()).toList();
  }

  private RepairFindings repair(RepairedNetworkRow repair) {
    Collection<String> measuring =
        repair.fineTuned() ? List.of(repair.unit()) : lineage.evaluationsOf(repair.unit());
    Map<String, List<EvaluationRow>> bySet = new TreeMap<>();
    Map<String, String> latest = new LinkedHashMap<>();
    for (String unit : measuring) {
      for (EvaluationRow row : evaluations.getOrDefault(unit, List.of())) {
        String set = row.imageSet() == null ? "" : row.imageSet();
        if (lineage.isLater(unit, latest.get(set))) {
          latest.put(set, unit);
          bySet.put(set, new ArrayList<>());
        }
        if (unit.equals(latest.get(set))) {
          bySet.get(set).add(row);
        }
      }
    }
    if (bySet.size() > 1) {
      bySet.remove(""); // from before there was a poisoned set
    }
    return new RepairFindings(
        repair, bySet.values().stream().map(rows -> measures(repair, rows)).toList());
  }

  /** A fine-tuned network is compared with the original of the repair it was tuned from. */
  private Measures measures(RepairedNetworkRow repair, List<EvaluationRow> rows) {
    Map<String, EvaluationRow> bySubject =
        rows.stream().collect(toMap(EvaluationRow::subject, row -> row, (one, other) -> other));
    EvaluationRow repaired = bySubject.get("repaired");
    return new Measures(
        bySubject.containsKey("original") ? bySubject.get("original") : original(repair, repaired),
        repaired,
        bySubject.get("goodnet"));
  }

  private EvaluationRow original(RepairedNetworkRow repair, EvaluationRow repaired) {
    return lineage.evaluationsOf(lineage.ingredient(repair.unit(), "repair")).stream()
        .flatMap(unit -> evaluations.getOrDefault(unit, List.of()).stream())
        .filter(row -> row.subject().equals("original"))
        .filter(row -> Objects.equals(row.imageSet(), repaired.imageSet()))
        .findFirst()
        .orElse(repaired);
  }

  /** Of those with the same key the one whose unit was finished last, in the order of the keys. */
  private <T> List<T> latest(List<T> all, Function<T, String> key, Function<T, String> unit) {
    Map<String, T> found = new TreeMap<>();
    for (T one : all) {
      T before = found.get(key.apply(one));
      if (before == null || lineage.isLater(unit.apply(one), unit.apply(before))) {
        found.put(key.apply(one), one);
      }
    }
    return List.copyOf(found.values());
  }

  private List<FailureFinding> failures() {
    List<FailureFinding> failures = new ArrayList<>();
    for (UnitRow unit : lineage.failed()) {
      failures.add(new FailureFinding(unit.network(), what(unit), unit.reason(), unit.finished()));
    }
    return failures;
  }

  private String what(UnitRow unit) {
    return unit.kind().equals(Kind.CURVE.tableName())
        ? "criterion " + lineage.ingredient(unit.unit(), "criterion")
        : unit.kind().equals(Kind.DEFENCE.tableName()) ? "the network" : unit.kind();
  }
}
