package backsweep.report;

import backsweep.charts.Axis;
import backsweep.charts.Band;
import backsweep.charts.Hint;
import backsweep.charts.Ink;
import backsweep.charts.Line;
import backsweep.charts.Line.Point;
import backsweep.charts.LineChart;
import backsweep.charts.Mark;
import backsweep.evaluation.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The pruning curve: clean accuracy and attack success against channels pruned, with Wilson's 95 %
 * intervals, the steps that were chosen, and what random orders give.
 */
record PruningCharts(NetworkFindings network) {

  /** More would make a page heavy, and none could be hit. */
  private static final int HINTS = 120;

  /** The share of the axis that the text of a mark takes. */
  private static final double NEAR = 0.12;

  private static final Axis PERCENT = new Axis("%", 0, 100);

  /** The curve of one criterion. */
  LineChart of(CriterionFindings criterion) {
    List<SetCurve> curves = curves(criterion);
    return new LineChart(
        Texts.of(
            "Pruning curve of %s, %s: clean accuracy and attack success in percent against channels pruned",
            network.network().network(), criterion.name()),
        new Axis("channels pruned", 0, lastStep(criterion)),
        PERCENT,
        IntStream.range(0, curves.size()).mapToObj(i -> line(curves.get(i), i)).toList(),
        bands(curves),
        marks(criterion),
        hints(curves));
  }

  /** The same without what can only be read closely. */
  LineChart small(CriterionFindings criterion) {
    LineChart full = of(criterion);
    return new LineChart(
        full.title(),
        full.across(),
        full.up(),
        full.lines().stream().map(PruningCharts::certain).toList(),
        List.of(),
        full.marks(),
        List.of());
  }

  private static Line certain(Line line) {
    return new Line(
        line.name(),
        line.ink(),
        line.points().stream().map(point -> new Point(point.x(), point.y())).toList());
  }

  private static List<SetCurve> curves(CriterionFindings criterion) {
    List<SetCurve> curves = new ArrayList<>();
    criterion.clean().ifPresent(curves::add);
    curves.addAll(criterion.poisoned());
    return curves;
  }

  /** At least one, so that there is an axis where nothing is pruned. */
  private static int lastStep(CriterionFindings criterion) {
    return Math.max(1, criterion.curves().stream().mapToInt(SetCurve::lastStep).max().orElse(1));
  }

  private static Line line(SetCurve curve, int index) {
    return new Line(
        name(curve),
        Ink.at(index),
        IntStream.rangeClosed(0, curve.lastStep())
            .mapToObj(step -> point(step, curve.labelShare(step)))
            .toList());
  }

  private static Point point(int step, Share share) {
    return new Point(step, share.percent(), 100 * share.lowerBound(), 100 * share.upperBound());
  }

  private static String name(SetCurve curve) {
    return switch (curve.role()) {
      case POISONED -> "ASR, " + curve.name();
      case CLEAN_TEST, FINE_TUNING -> "clean accuracy";
      case CLEAN_VALIDATION -> "clean accuracy (validation images)";
    };
  }

  private List<Band> bands(List<SetCurve> curves) {
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      String set = curves.get(i).name();
      List<SetCurve> random =
          network.random().stream().flatMap(order -> order.curve(set).stream()).toList();
      if (!random.isEmpty()) {
        bands.add(band(random, i));
      }
    }
    return bands;
  }

  private static Band band(List<SetCurve> random, int index) {
    List<Point> points = new ArrayList<>();
    int last = random.stream().mapToInt(SetCurve::lastStep).min().orElse(0);
    for (int step = 0; step <= last; step++) {
      int at = step;
      List<Double> values =
          random.stream().map(curve -> curve.labelShare(at).percent()).sorted().toList();
      points.add(new Point(step, values.get(0), values.get(0), values.get(values.size() - 1)));
    }
    return new Band(
        Texts.of("%d random orders, %s", random.size(), name(random.get(0))),
        Ink.at(index),
        points);
  }

  /** Of the steps that repairs chose; several that are near each other share a text. */
  private static List<Mark> marks(CriterionFindings criterion) {
    Map<Integer, Set<String>> drops = new TreeMap<>();
    for (RepairFindings repair : criterion.repairs()) {
      if (repair.isMade() && !repair.repair().fineTuned() && !criterion.isBaseline()) {
        drops
            .computeIfAbsent(repair.repair().step(), step -> new LinkedHashSet<>())
            .add(Texts.number(repair.repair().dropPercent()));
      }
    }
    List<Mark> marks = new ArrayList<>();
    drops.forEach((step, some) -> marks.add(new Mark(step, String.join(", ", some))));
    return Mark.sharing(marks, NEAR * lastStep(criterion)).stream()
        .map(mark -> new Mark(mark.x(), mark.text().isEmpty() ? "" : "X = " + mark.text() + " %"))
        .toList();
  }

  private static List<Hint> hints(List<SetCurve> curves) {
    if (curves.isEmpty()) {
      return List.of();
    }
    int last = curves.get(0).lastStep();
    int stride = 1 + last / HINTS;
    List<Hint> hints = new ArrayList<>();
    for (int step = 0; step <= last; step += stride) {
      hints.add(new Hint(step - stride / 2.0, step + stride / 2.0, hint(curves, step)));
    }
    return hints;
  }

  private static String hint(List<SetCurve> curves, int step) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (SetCurve curve : curves) {
      if (step <= curve.lastStep()) {
        lines.put(name(curve), Texts.withCounts(curve.labelShare(step)));
      }
    }
    String where =
        step == 0
            ? "step 0, nothing pruned"
            : Texts.of("step %d, channel %d", step, curves.get(0).steps().get(step).channel());
    return where
        + lines.entrySet().stream()
            .map(entry -> "\n" + entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining());
  }
}
