package backsweep.report;

import backsweep.charts.Axis;
import backsweep.charts.Hint;
import backsweep.charts.Ink;
import backsweep.charts.Line;
import backsweep.charts.Line.Point;
import backsweep.charts.LineChart;
import backsweep.images.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The ROC of G, which calls an image backdoored where B and B' disagreed at some step up to one:
 * the share of poisoned images it flags against that of clean test images, step by step.
 */
record DetectorCharts(NetworkFindings network) {

  private static final int HINTS = 60;

  /** The curves of one criterion; empty where a clean test or a poisoned set is missing. */
  Optional<LineChart> of(CriterionFindings criterion) {
    return criterion
        .curve(Role.CLEAN_TEST)
        .filter(clean -> !criterion.poisoned().isEmpty() && clean.lastStep() > 0)
        .map(clean -> of(criterion, clean));
  }

  private LineChart of(CriterionFindings criterion, SetCurve clean) {
    List<Line> lines = new ArrayList<>();
    List<SetCurve> poisoned = criterion.poisoned();
    for (int i = 0; i < poisoned.size(); i++) {
      lines.add(line(clean, poisoned.get(i), i + 1));
    }
    lines.add(new Line("chance", Ink.PALE, List.of(new Point(0, 0), new Point(100, 100))));
    return new LineChart(
        Texts.of(
            "ROC of the detector G of %s, %s: poisoned images flagged against clean test images flagged, in percent",
            network.network().network(), criterion.name()),
        new Axis("clean test images flagged, %", 0, 100),
        new Axis("poisoned images flagged, %", 0, 100),
        lines,
        List.of(),
        List.of(),
        hints(clean, poisoned));
  }

  private static Line line(SetCurve clean, SetCurve poisoned, int index) {
    List<Point> points = new ArrayList<>();
    int last = Math.min(clean.lastStep(), poisoned.lastStep());
    for (int step = 0; step <= last; step++) {
      points.add(new Point(clean.flaggedBy(step).percent(), poisoned.flaggedBy(step).percent()));
    }
    points.add(new Point(100, 100)); // those that never differ come last, all at once
    return new Line(poisoned.name(), Ink.at(index), points);
  }

  /** At the steps, from the left one to the next that lies further to the right. */
  private static List<Hint> hints(SetCurve clean, List<SetCurve> poisoned) {
    int[] steps =
        IntStream.rangeClosed(0, clean.lastStep())
            .filter(step -> isLastAtItsPlace(clean, step))
            .toArray();
    int stride = 1 + steps.length / HINTS;
    List<Hint> hints = new ArrayList<>();
    for (int i = 0; i < steps.length; i += stride) {
      double from = clean.flaggedBy(steps[i]).percent();
      double to = i + stride < steps.length ? clean.flaggedBy(steps[i + stride]).percent() : 100;
      if (to > from) {
        hints.add(new Hint(from, to, hint(clean, poisoned, steps[i])));
      }
    }
    return hints;
  }

  private static boolean isLastAtItsPlace(SetCurve clean, int step) {
    return step == clean.lastStep() || clean.steps().get(step + 1).firstDisagreements() > 0;
  }

  private static String hint(SetCurve clean, List<SetCurve> poisoned, int step) {
    StringBuilder text =
        new StringBuilder(
            Texts.of("up to step %d: clean %s", step, Texts.withCounts(clean.flaggedBy(step))));
    for (SetCurve set : poisoned) {
      if (step <= set.lastStep()) {
        text.append(Texts.of("\n%s: %s", set.name(), Texts.withCounts(set.flaggedBy(step))));
      }
    }
    return text.toString();
  }
}
