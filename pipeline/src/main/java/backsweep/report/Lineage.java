package backsweep.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import backsweep.store.Tables.UnitRow;
import backsweep.store.Unit.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which units of work were made of which. */
final class Lineage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SUBJECT =
      List.of("network_sha256", "architecture_sha256", "input_scale", "validation_sha256");

  private final Map<String, UnitRow> units;
  private final Map<String, Map<String, String>> ingredients = new HashMap<>();
  private final Map<String, List<UnitRow>> curves;
  private final Map<String, List<String>> evaluations;

  /** Of the latest attempts, by unit. */
  Lineage(Map<String, UnitRow> units) {
    this.units = units;
    units.values().forEach(unit -> ingredients.put(unit.unit(), read(unit)));
    this.curves =
        of(Kind.CURVE).stream().collect(groupingBy(unit -> ingredient(unit.unit(), "statistics")));
    this.evaluations = new HashMap<>();
    of(Kind.EVALUATION)
        .forEach(
            unit ->
                evaluations
                    .computeIfAbsent(ingredient(unit.unit(), "repair"), r -> new ArrayList<>())
                    .add(unit.unit()));
  }

  private static Map<String, String> read(UnitRow unit) {
    try {
      return JSON.readValue(unit.settings(), new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      return Map.of(); // damaged: what belongs to it is not found
    }
  }

  /** The attempts that count. */
  Map<String, String> done() {
    return units.values().stream()
        .filter(UnitRow::isDone)
        .collect(toMap(UnitRow::unit, UnitRow::attempt));
  }

  /** The latest attempts, in the order of their ends. */
  List<UnitRow> latest() {
    return units.values().stream().sorted(UnitRow.LATER).toList();
  }

  /** What went into a unit under a name; empty where nothing is known. */
  String ingredient(String unit, String name) {
    return ingredients.getOrDefault(unit, Map.of()).getOrDefault(name, "");
  }

  /**
   * Whose statistics or entropies a unit is: the network and its clean images, as they are read.
   */
  List<String> subject(String unit) {
    return SUBJECT.stream().map(name -> ingredient(unit, name)).toList();
  }

  /** When something was last found out by the statistics of a network, or tried. */
  Instant lastTouched(String statistics) {
    return Stream.concat(
            Stream.ofNullable(units.get(statistics)),
            curves.getOrDefault(statistics, List.of()).stream())
        .map(UnitRow::finished)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  /** The curves of a network's statistics that are done, by the order they are pruned in. */
  Collection<List<UnitRow>> criteria(String statistics) {
    return curves.getOrDefault(statistics, List.of()).stream()
        .filter(UnitRow::isDone)
        .sorted(UnitRow.LATER)
        .collect(
            groupingBy(
                unit ->
                    ingredient(unit.unit(), "criterion") + "\n" + ingredient(unit.unit(), "order"),
                LinkedHashMap::new,
                toList()))
        .values();
  }

  /** The curve that a repair, before or after fine-tuning, or a detector was chosen by. */
  String validationCurve(String unit) {
    String repair = ingredient(unit, "repair");
    return ingredient(repair.isEmpty() ? unit : repair, "validation_curve");
  }

  /** The units that measured a repair. */
  List<String> evaluationsOf(String repair) {
    return evaluations.getOrDefault(repair, List.of());
  }

  /** Whether a unit was finished after another; after none it always was. */
  boolean isLater(String unit, String other) {
    return Optional.ofNullable(other)
        .map(known -> UnitRow.LATER.compare(units.get(unit), units.get(known)) > 0)
        .orElse(true);
  }

  private List<UnitRow> of(Kind kind) {
    return units.values().stream().filter(unit -> unit.kind().equals(kind.tableName())).toList();
  }
}
