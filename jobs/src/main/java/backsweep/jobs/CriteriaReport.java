package backsweep.jobs;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.evaluation.DetectorEvaluation;
import backsweep.evaluation.EntropyEvaluation;
import backsweep.evaluation.Evaluation;
import backsweep.evaluation.Share;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.RandomOrder;
import backsweep.stages.Defence;
import backsweep.stages.Repair;
import backsweep.stages.RepairEvaluation;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What {@code defend} prints of several criteria: for every X a row each, random orders as a band.
 */
final class CriteriaReport {

  private static final String ROW = "  %-18s %11s  %15s  %15s  %13s  %13s";

  private final PrintStream out;

  CriteriaReport(PrintStream out) {
    this.out = out;
  }

  /** A table for every poisoned set and every X. */
  void print(List<Defence> defences) {
    int repairs = withAllRepairs(defences).repairs().size();
    for (int set = 0; set < defences.get(0).reported().size(); set++) {
      for (int repair = 0; repair < repairs; repair++) {
        print(defences, set, repair);
      }
    }
  }

  private void print(List<Defence> defences, int set, int repair) {
    String drop = withAllRepairs(defences).repairs().get(repair).rule().shortestDrop();
    Optional<PruningCurve> poisoned = defences.get(0).reported().get(set);
    String name = poisoned.map(curve -> ", " + curve.imageSet().name()).orElse("");
    printHeading(text("Criteria at X = %s %%%s:", drop, name));
    for (Defence defence : defences) {
      if (!isRandom(defence)) {
        printRow(defence.plan().criterion().label(), List.of(row(defence, set, repair)));
      }
    }
    printRandom(defences, set, repair);
    poisoned.flatMap(defences.get(0)::strip).ifPresent(this::printStrip);
    if (defences.stream().anyMatch(defence -> tuned(defence, set, repair).isPresent())) {
      printHeading(text("The same at X = %s %%%s, fine-tuned:", drop, name));
      for (Defence defence : defences) {
        tuned(defence, set, repair)
            .ifPresent(row -> printRow(defence.plan().criterion().label(), List.of(row)));
      }
    }
  }

  /** One of those that have a repair for every X: where nothing is pruned, there is one in all. */
  private static Defence withAllRepairs(List<Defence> defences) {
    return defences.stream()
        .max(Comparator.comparingInt(defence -> defence.repairs().size()))
        .orElseThrow();
  }

  /** It prunes nothing: of the columns it has the last one. */
  private void printStrip(EntropyEvaluation detector) {
    out.println(text(ROW, "(of STRIP)", "-", "-", "-", "-", text("%.3f", detector.auroc())));
  }

  private void printHeading(String title) {
    out.println();
    out.println(title);
    out.println(text(ROW, "criterion", "step", "accuracy", "ASR", "DER", "AUROC of G"));
  }

  private static boolean isRandom(Defence defence) {
    return defence.plan().criterion() instanceof RandomOrder;
  }

  private void printRandom(List<Defence> defences, int set, int repair) {
    List<Row> band =
        defences.stream()
            .filter(CriteriaReport::isRandom)
            .map(defence -> row(defence, set, repair))
            .toList();
    if (!band.isEmpty()) {
      printRow("random (%d orders)".formatted(band.size()), band);
    }
  }

  /** What one criterion gives. */
  private record Row(Repair repair, Evaluation repaired, Optional<DetectorEvaluation> detector) {

    private Optional<Double> step() {
      return repair.step().isPresent()
          ? Optional.of((double) repair.step().getAsInt())
          : Optional.empty();
    }

    private Optional<Double> effectiveness() {
      return repaired.effectiveness().map(DefenceEffectiveness::rating);
    }
  }

  private static Row row(Defence defence, int set, int repair) {
    Optional<PruningCurve> poisoned = defence.reported().get(set);
    Repair made = repair(defence, repair);
    return new Row(
        made,
        RepairEvaluation.of(defence, made, poisoned).repaired(),
        poisoned.flatMap(defence::detector));
  }

  /** The repair at a place; where nothing is pruned there is one for all. */
  private static Repair repair(Defence defence, int place) {
    return defence.repairs().get(Math.min(place, defence.repairs().size() - 1));
  }

  private static Optional<Row> tuned(Defence defence, int set, int repair) {
    Optional<PruningCurve> poisoned = defence.reported().get(set);
    return defence
        .fineTuned(repair(defence, repair))
        .filter(tuned -> !tuned.counts().isEmpty())
        .map(
            tuned ->
                new Row(
                    tuned.repair(),
                    tuned.evaluation(defence, poisoned).repaired(),
                    Optional.empty()));
  }

  private void printRow(String name, List<Row> rows) {
    out.println(
        text(
                ROW,
                name,
                band(rows, "%.0f", Row::step),
                band(rows, "%.3f", row -> row.repaired().cleanAccuracy().map(Share::percent)),
                band(rows, "%.3f", row -> row.repaired().attackSuccess().map(Share::percent)),
                band(rows, "%.3f", Row::effectiveness),
                band(rows, "%.3f", row -> row.detector().map(DetectorEvaluation::auroc)))
            .stripTrailing());
  }

  /** The least and the greatest value, or the only one. */
  private static String band(List<Row> rows, String format, Function<Row, Optional<Double>> value) {
    DoubleSummaryStatistics known =
        rows.stream()
            .map(value)
            .flatMap(Optional::stream)
            .collect(Collectors.summarizingDouble(number -> number));
    if (known.getCount() == 0) {
      return "-";
    }
    return known.getMin() == known.getMax()
        ? text(format, known.getMin())
        : text(format, known.getMin()) + "-" + text(format, known.getMax());
  }

  /** Numbers look the same on every machine. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
