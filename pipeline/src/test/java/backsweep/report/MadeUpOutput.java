package backsweep.report;

import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.TableRow;
import backsweep.store.Tables;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.ImageSetRow;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.RepairedNetworkRow;
import backsweep.store.Tables.UnitRow;
import backsweep.store.Unit;
import backsweep.store.Unit.Kind;
import backsweep.testing.LocalSpark;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Results that nobody computed, each later than the one before. */
final class MadeUpOutput {

  static final String VALIDATION = "clean-validation";
  static final String TEST = ImageSet.CLEAN_TEST;

  private static final double X = 10;
  private static final String RULE = "first-below";

  private final Map<Table<?>, List<Record>> rows = new LinkedHashMap<>();
  private final List<UnitRow> units = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-02T12:00:00Z");

  /** What the tables say when all this is in them. */
  Findings findings(Path output) {
    ResultStore store = new ResultStore(LocalSpark.session(), output.toString());
    rows.forEach((table, records) -> write(store, table, records));
    store.write(Tables.UNITS, "batch", units);
    return ReadFindings.of(store);
  }

  private static <R extends Record> void write(
      ResultStore store, Table<R> table, List<Record> records) {
    store.write(table, "batch", records.stream().map(table.type()::cast).toList());
  }

  /** A unit that was done now, with its rows. */
  private String done(
      Kind kind,
      String network,
      Map<String, String> ingredients,
      Function<String, List<TableRow<?>>> made) {
    String unit = ended(kind, network, ingredients, null);
    made.apply(unit)
        .forEach(row -> rows.computeIfAbsent(row.table(), t -> new ArrayList<>()).add(row.row()));
    return unit;
  }

  /** A unit that failed now. */
  String failed(Kind kind, String network, Map<String, String> ingredients, String reason) {
    return ended(kind, network, ingredients, reason);
  }

  private String ended(Kind kind, String network, Map<String, String> made, String reason) {
    Unit unit = new Unit(kind, made);
    ObjectNode settings = new ObjectMapper().createObjectNode();
    unit.ingredients().forEach(settings::put);
    Instant started = now;
    now = now.plusSeconds(1);
    units.add(
        new UnitRow(
            unit.id(),
            attempt(unit.id()),
            network,
            kind.tableName(),
            reason == null ? "done" : "failed",
            reason,
            settings.toString(),
            "{}",
            started,
            now));
    return unit.id();
  }

  private static String attempt(String unit) {
    return "attempt at " + unit;
  }

  /** Statistics of a network that is pruned at {@code layer}. */
  String network(String name, String layer, double scale) {
    return done(
        Kind.STATISTICS,
        name,
        Map.of(
            "network_sha256",
            "sha256 of " + name,
            "architecture_sha256",
            "",
            "input_scale",
            Double.toString(scale),
            "layer",
            layer,
            "statistics_layer",
            "pool",
            "validation_sha256",
            "v"),
        unit ->
            List.of(
                new TableRow<>(Tables.NETWORKS, networkRow(unit, name, layer, scale)),
                new TableRow<>(
                    Tables.CHANNEL_STATISTICS,
                    new ChannelStatisticsRow(
                        unit, attempt(unit), name, "pool", 0, 0.5, 1, 1, 0, 100))));
  }

  private static NetworkRow networkRow(String unit, String name, String layer, double scale) {
    return new NetworkRow(
        unit,
        attempt(unit),
        name,
        name + ".h5",
        "sha256 of " + name,
        null,
        scale,
        8,
        8,
        3,
        10,
        layer,
        4,
        "pool");
  }

  /** The curve on a set whose images are of a version. */
  String curve(String statistics, String criterion, String set, String version) {
    Role role =
        switch (set) {
          case VALIDATION -> Role.CLEAN_VALIDATION;
          case TEST -> Role.CLEAN_TEST;
          default -> Role.POISONED;
        };
    String sha256 = set + " " + version;
    return done(
        Kind.CURVE,
        networkOf(statistics),
        Map.of(
            "statistics", statistics,
            "criterion", criterion,
            "order", "",
            "image_set", set,
            "image_set_sha256", sha256,
            "role", role.tableName()),
        unit ->
            List.of(
                new TableRow<>(
                    Tables.PRUNING_CURVE,
                    new PruningCurveRow(
                        unit,
                        attempt(unit),
                        networkOf(statistics),
                        criterion,
                        0,
                        -1,
                        set,
                        sha256,
                        role.tableName(),
                        100,
                        98,
                        100,
                        98,
                        0,
                        null,
                        null,
                        null)),
                new TableRow<>(
                    Tables.IMAGE_SETS,
                    new ImageSetRow(
                        unit,
                        attempt(unit),
                        set,
                        sha256,
                        role.tableName(),
                        100,
                        set + ".h5",
                        8,
                        8,
                        3,
                        role == Role.POISONED ? 7 : null))));
  }

  private String networkOf(String unit) {
    return units.stream()
        .filter(row -> row.unit().equals(unit))
        .findFirst()
        .orElseThrow()
        .network();
  }

  /** The repair at X = 10 %. */
  String repair(String validationCurve) {
    return done(
        Kind.REPAIR,
        networkOf(validationCurve),
        Map.of(
            "validation_curve",
            validationCurve,
            "rule",
            RULE,
            "drop_percent",
            "10",
            "fine_tuning",
            ""),
        unit ->
            List.of(
                new TableRow<>(
                    Tables.REPAIRED_NETWORKS, repaired(unit, validationCurve, false, "pruned"))));
  }

  private RepairedNetworkRow repaired(
      String unit, String parent, boolean isFineTuned, String sha256) {
    return new RepairedNetworkRow(
        unit,
        attempt(unit),
        networkOf(parent),
        "mean-activation",
        RULE,
        X,
        3,
        isFineTuned,
        "repaired/x.h5",
        sha256,
        "goodnet/x",
        sha256,
        null,
        100L,
        "full:x");
  }

  /** What a repair does of whose clean accuracy 2 of 98 points are lost. */
  String evaluation(String repair, String test, String poisoned, String set, double attack) {
    return done(
        Kind.EVALUATION,
        networkOf(repair),
        Map.of("repair", repair, "clean_test_curve", test, "poisoned_curve", poisoned),
        unit ->
            List.of(
                measured(unit, repair, "original", set, 0.98, 1, null),
                measured(unit, repair, "repaired", set, 0.96, attack, rating(attack)),
                measured(unit, repair, "goodnet", set, 0.95, attack, null)));
  }

  private static double rating(double attack) {
    return (1 - attack - 0.02 + 1) / 2;
  }

  private TableRow<EvaluationRow> measured(
      String unit,
      String parent,
      String subject,
      String set,
      double accuracy,
      double attack,
      Double rating) {
    return new TableRow<>(
        Tables.EVALUATIONS,
        new EvaluationRow(
            unit,
            attempt(unit),
            networkOf(parent),
            "mean-activation",
            RULE,
            X,
            3,
            false,
            subject,
            set,
            accuracy,
            accuracy,
            accuracy,
            attack,
            attack,
            attack,
            null,
            rating,
            0.9,
            0.05,
            null,
            null,
            null));
  }

  /**
   * A repair after fine-tuning, with its measures.
   *
   * @param sha256 of its file
   * @param curves of the sets that it was measured on, by their names
   * @param attacks what it does to poisoned sets, by their names
   */
  String fineTuned(
      String repair, String sha256, Map<String, String> curves, Map<String, Double> attacks) {
    Map<String, String> ingredients = new TreeMap<>();
    curves.forEach((set, curve) -> ingredients.put("curve of " + set, curve));
    ingredients.put("repair", repair);
    ingredients.put("rule", RULE);
    ingredients.put("drop_percent", "10");
    ingredients.put("fine_tuning", sha256);
    return done(
        Kind.FINE_TUNING,
        networkOf(repair),
        ingredients,
        unit -> {
          List<TableRow<?>> made = new ArrayList<>();
          made.add(new TableRow<>(Tables.REPAIRED_NETWORKS, repaired(unit, repair, true, sha256)));
          attacks.forEach(
              (set, attack) -> {
                made.add(measured(unit, repair, "repaired", set, 0.96, attack, rating(attack)));
                made.add(measured(unit, repair, "goodnet", set, 0.95, attack, null));
              });
          return made;
        });
  }

  /** What STRIP does on a set, asking the network that statistics are of. */
  void strip(String network, double scale, String set, double auroc) {
    String entropies =
        done(
            Kind.ENTROPIES,
            network,
            Map.of(
                "network_sha256", "sha256 of " + network,
                "architecture_sha256", "",
                "input_scale", Double.toString(scale),
                "validation_sha256", "v",
                "detector", "strip"),
            unit -> List.of());
    done(
        Kind.DETECTOR,
        network,
        Map.of("detector", "strip", "validation_entropies", entropies, "set", set),
        unit ->
            List.of(
                new TableRow<>(
                    Tables.DETECTORS,
                    new DetectorRow(
                        unit,
                        attempt(unit),
                        network,
                        null,
                        set,
                        auroc,
                        0.05,
                        null,
                        0.05,
                        0.05,
                        0.5,
                        "strip",
                        1.5))));
  }
}
