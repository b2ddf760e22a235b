package backsweep.report;

import static java.util.stream.Collectors.groupingBy;

import backsweep.report.PageView.RepairView;
import backsweep.store.Tables.RepairedNetworkRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table at X: what each repair of one order does, and what those of random orders do. */
final class RepairTable {

  private RepairTable() {}

  /** A line for every repair on every poisoned set. */
  static List<RepairView> of(CriterionFindings criterion) {
    return criterion.repairs().stream().flatMap(RepairTable::lines).toList();
  }

  private static Stream<RepairView> lines(RepairFindings repair) {
    if (!repair.isMade() || repair.measures().isEmpty()) {
      String reason = Optional.ofNullable(repair.repair().reason()).orElse("not measured");
      return Stream.of(new RepairView(drop(repair.repair()), Texts.UNKNOWN, List.of(), reason));
    }
    return repair.measures().stream()
        .map(
            measures ->
                new RepairView(
                    drop(repair.repair()),
                    measures.imageSet().orElse(Texts.UNKNOWN),
                    cells(repair, measures),
                    words(repair, measures)));
  }

  private static String drop(RepairedNetworkRow repair) {
    return Texts.number(repair.dropPercent()) + " %" + (repair.fineTuned() ? ", fine-tuned" : "");
  }

  private static List<String> cells(RepairFindings repair, Measures measures) {
    return List.of(
        Integer.toString(repair.repair().step()),
        Texts.withBounds(
            measures.repaired().cleanAccuracy(),
            measures.repaired().cleanAccuracyLow(),
            measures.repaired().cleanAccuracyHigh()),
        Texts.withBounds(
            measures.repaired().attackSuccessRate(),
            measures.repaired().attackSuccessRateLow(),
            measures.repaired().attackSuccessRateHigh()),
        Texts.percent(measures.repaired().robustAccuracy()),
        Texts.percent(measures.goodNet().truePositiveRate()),
        Texts.percent(measures.goodNet().falsePositiveRate()),
        measures.effectiveness().map(Texts::rating).orElse(Texts.UNKNOWN));
  }

  private static String words(RepairFindings repair, Measures measures) {
    Verdict.Kind kind = measures.kind();
    return (kind == Verdict.Kind.HELPS ? "helps" : kind.words())
        + Optional.ofNullable(repair.repair().reason()).map(reason -> "; " + reason).orElse("");
  }

  /** What one of the random orders gives at one X on one poisoned set. */
  private record Chance(RepairFindings repair, Measures measures) {

    private List<String> place() {
      return List.of(drop(repair.repair()), measures.imageSet().orElse(Texts.UNKNOWN));
    }
  }

  /** A line for every X on every poisoned set, with the least and the greatest of all orders. */
  static List<RepairView> ofChance(List<CriterionFindings> random) {
    Map<List<String>, List<Chance>> places =
        random.stream()
            .flatMap(order -> order.repairs().stream())
            .filter(RepairFindings::isMade)
            .sorted(RepairFindings.ORDER)
            .flatMap(
                repair -> repair.measures().stream().map(measures -> new Chance(repair, measures)))
            .collect(groupingBy(Chance::place, LinkedHashMap::new, Collectors.toList()));
    return places.entrySet().stream()
        .map(
            entry ->
                new RepairView(
                    entry.getKey().get(0),
                    entry.getKey().get(1),
                    cells(entry.getValue()),
                    words(entry.getValue())))
        .toList();
  }

  private static List<String> cells(List<Chance> orders) {
    return List.of(
        range(orders, one -> (double) one.repair().repair().step(), "%.0f"),
        range(orders, one -> percent(one.measures().repaired().cleanAccuracy()), "%.2f"),
        range(orders, one -> percent(one.measures().repaired().attackSuccessRate()), "%.2f"),
        range(orders, one -> percent(one.measures().repaired().robustAccuracy()), "%.2f %%"),
        range(orders, one -> percent(one.measures().goodNet().truePositiveRate()), "%.2f %%"),
        range(orders, one -> percent(one.measures().goodNet().falsePositiveRate()), "%.2f %%"),
        range(orders, one -> one.measures().effectiveness().orElse(null), "%.3f"));
  }

  private static Double percent(Double fraction) {
    return fraction == null ? null : 100 * fraction;
  }

  private static String range(List<Chance> orders, Function<Chance, Double> value, String format) {
    List<String> known =
        orders.stream()
            .map(value)
            .filter(Objects::nonNull)
            .sorted()
            .map(number -> Texts.of(format, number))
            .toList();
    if (known.isEmpty()) {
      return Texts.UNKNOWN;
    }
    String least = known.get(0);
    String greatest = known.get(known.size() - 1);
    return least.equals(greatest) ? least : least + " to " + greatest;
  }

  private static String words(List<Chance> orders) {
    List<Verdict.Kind> kinds = orders.stream().map(one -> one.measures().kind()).toList();
    long helping = kinds.stream().filter(kind -> kind == Verdict.Kind.HELPS).count();
    return kinds.stream().distinct().count() == 1 && helping == 0
        ? kinds.get(0).words()
        : Texts.of("%,d of %,d orders help", helping, orders.size());
  }
}
