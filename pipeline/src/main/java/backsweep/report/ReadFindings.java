package backsweep.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import backsweep.images.Role;
import backsweep.store.ResultStore;
import backsweep.store.Tables;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.ImageSetRow;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.UnitRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the tables of an output and puts together what belongs together: a unit of work says in its
 * ingredients which units it was made of. Where a set of one name was exchanged for another, what
 * was measured last counts; so it is where a network was defended with other settings at one layer.
 */
public final class ReadFindings {

  private static final String STRIP = "strip";

  private final Lineage lineage;
  private final Map<String, List<SlipFinding>> slips;
  private final ReadActivations activations;
  private final Map<String, List<ChannelStatisticsRow>> channels;
  private final Map<String, List<PruningCurveRow>> curves;
  private final Map<String, List<ImageSetRow>> imageSets;
  private final Map<Place, List<NetworkRow>> networks;
  private final ReadRepairs repairs;
  private final ReadFailures failures;
  private final Map<String, List<DetectorRow>> detectorsByCurve;
  private final Map<List<String>, List<DetectorRow>> stripBySubject;

  private ReadFindings(ResultStore store, Map<String, List<SlipFinding>> slips) {
    Map<String, UnitRow> units = store.latest();
    this.lineage = new Lineage(units);
    this.slips = slips;
    this.activations = new ReadActivations(store, lineage);
    Map<String, String> done = lineage.done();
    List<NetworkRow> all = store.rows(Tables.NETWORKS, done);
    this.networks = all.stream().collect(groupingBy(Place::of));
    this.failures = new ReadFailures(lineage, all);
    this.channels = byUnit(store.rows(Tables.CHANNEL_STATISTICS, done), ChannelStatisticsRow::unit);
    this.curves = byUnit(store.rows(Tables.PRUNING_CURVE, done), PruningCurveRow::unit);
    this.imageSets = byUnit(store.rows(Tables.IMAGE_SETS, done), ImageSetRow::unit);
    this.repairs =
        new ReadRepairs(
            lineage,
            store.rows(Tables.REPAIRED_NETWORKS, done),
            store.rows(Tables.EVALUATIONS, done));
    List<DetectorRow> detectors = store.rows(Tables.DETECTORS, done);
    this.detectorsByCurve =
        detectors.stream().collect(groupingBy(row -> lineage.validationCurve(row.unit())));
    this.stripBySubject =
        detectors.stream()
            .filter(row -> STRIP.equals(row.detector()))
            .collect(groupingBy(row -> stripped(row.unit())));
  }

  /** Where a network is pruned. */
  private record Place(String network, String sha256, String layer) {

    private static Place of(NetworkRow row) {
      return new Place(row.network(), row.networkSha256(), row.layer());
    }
  }

  /**
   * All that the tables of an output know.
   *
   * @throws backsweep.store.UnreadableResultsException if a file of it cannot be read
   */
  public static Findings of(ResultStore store) {
    return of(store, Map.of());
  }

  /**
   * All that an output knows.
   *
   * @param slips what looked like one, by network
   * @throws backsweep.store.UnreadableResultsException if a file of it cannot be read
   */
  public static Findings of(ResultStore store, Map<String, List<SlipFinding>> slips) {
    return new ReadFindings(store, slips).findings();
  }

  private static <R> Map<String, List<R>> byUnit(List<R> rows, Function<R, String> unit) {
    return rows.stream().collect(groupingBy(unit));
  }

  /** The network that a detector of STRIP asks. */
  private List<String> stripped(String detector) {
    return lineage.subject(lineage.ingredient(detector, "validation_entropies"));
  }

  private Findings findings() {
    List<NetworkRow> shown = networks.values().stream().map(this::lastOf).toList();
    Set<String> units = shown.stream().map(NetworkRow::unit).collect(toSet());
    Set<String> older =
        networks.values().stream()
            .flatMap(List::stream)
            .map(NetworkRow::unit)
            .filter(unit -> !units.contains(unit))
            .collect(toSet());
    return new Findings(
        shown.stream()
            .sorted(
                comparing(NetworkRow::network)
                    .thenComparing(NetworkRow::layer)
                    .thenComparing(NetworkRow::unit))
            .map(this::network)
            .toList(),
        failures.without(older),
        lineage.latest());
  }

  private NetworkRow lastOf(List<NetworkRow> settings) {
    return settings.stream()
        .max(
            comparing((NetworkRow row) -> lineage.lastTouched(row.unit()))
                .thenComparing(NetworkRow::unit))
        .orElseThrow();
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
            stripBySubject.getOrDefault(lineage.subject(network.unit()), List.of()),
            DetectorRow::imageSet,
            DetectorRow::unit),
        activations.of(network.unit()),
        background(network));
  }

  private Background background(NetworkRow network) {
    List<ImageSetRow> rows =
        lineage.criteria(network.unit()).stream()
            .flatMap(List::stream)
            .flatMap(curve -> imageSets.getOrDefault(curve.unit(), List.of()).stream())
            .toList();
    return new Background(
        latest(rows, ImageSetRow::imageSet, ImageSetRow::unit).stream()
            .sorted(
                comparing((ImageSetRow row) -> Role.ofTableName(row.role()))
                    .thenComparing(ImageSetRow::imageSet))
            .toList(),
        slips.getOrDefault(network.network(), List.of()),
        networks.get(Place.of(network)).size() - 1);
  }

  private CriterionFindings criterion(List<UnitRow> curveUnits) {
    List<UnitRow> counting =
        latest(
            curveUnits.stream().filter(unit -> curves.containsKey(unit.unit())).toList(),
            unit -> lineage.ingredient(unit.unit(), "image_set"),
            UnitRow::unit);
    Set<String> current = counting.stream().map(UnitRow::unit).collect(toSet());
    List<String> ids = curveUnits.stream().map(UnitRow::unit).toList();
    return new CriterionFindings(
        lineage.ingredient(ids.get(0), "criterion"),
        counting.stream()
            .map(unit -> SetCurve.of(curves.get(unit.unit())))
            .sorted(comparing(SetCurve::role).thenComparing(SetCurve::name))
            .toList(),
        repairs.of(ids, current),
        detectors(ids, current));
  }

  private List<DetectorRow> detectors(Collection<String> ids, Set<String> current) {
    List<DetectorRow> found =
        ids.stream()
            .flatMap(curve -> detectorsByCurve.getOrDefault(curve, List.of()).stream())
            .filter(
                row ->
                    Stream.of("clean_test_curve", "poisoned_curve")
                        .allMatch(set -> current.contains(lineage.ingredient(row.unit(), set))))
            .toList();
    return latest(found, DetectorRow::imageSet, DetectorRow::unit);
  }

  /** Of those with the same key the one whose unit was finished last, in the order of the keys. */
  private <T> List<T> latest(Collection<T> all, Function<T, String> key, Function<T, String> unit) {
    Map<String, T> found = new TreeMap<>();
    for (T one : all) {
      T before = found.get(key.apply(one));
      if (before == null || lineage.isLater(unit.apply(one), unit.apply(before))) {
        found.put(key.apply(one), one);
      }
    }
    return List.copyOf(found.values());
  }
}
