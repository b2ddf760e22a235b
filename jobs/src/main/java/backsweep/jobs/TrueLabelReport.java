package backsweep.jobs;

import backsweep.evaluation.Evaluation;
import backsweep.evaluation.Share;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import backsweep.pruning.PruningCurve;
import backsweep.stages.Defence;
import backsweep.stages.Repair;
import backsweep.stages.RepairEvaluation;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code defend} prints of poisoned images that are known to show something else. */
final class TrueLabelReport {

  /** What the columns mean. */
  static final List<String> LEGEND =
      List.of(
          "ASR*: ASR without the images that show the target anyway, as the literature counts it.",
          "RA: robust accuracy, poisoned images answered with what they show.");

  private static final String ROW = "  %-7s %5s  %9s %8s";

  private final PrintStream out;

  TrueLabelReport(PrintStream out) {
    this.out = out;
  }

  /** Whether there is anything to print. */
  static boolean isKnown(PruningCurve poisoned) {
    return poisoned.original().trueLabels().isPresent();
  }

  /** A row for the original network and one for every repair; nothing where nothing is known. */
  void print(Defence defence, PruningCurve poisoned) {
    Optional<TrueLabelCounts> known = poisoned.original().trueLabels();
    if (known.isEmpty()) {
      return;
    }
    out.print(
        text(
            "%nTrue labels of %s are known: %,d of %,d images show something else than the target.%n",
            poisoned.imageSet().name(),
            known.get().imagesNotTarget(),
            poisoned.original().images()));
    out.println(text(ROW, "X", "step", "ASR*", "RA"));
    Evaluation original = evaluation(defence, defence.repairs().get(0), poisoned).original();
    printRow("none", 0, original);
    for (Repair repair : defence.repairs()) {
      if (repair.step().isPresent()) {
        printRow(
            repair.rule().shortestDrop() + " %",
            repair.step().getAsInt(),
            evaluation(defence, repair, poisoned).repaired());
      }
    }
  }

  private static RepairEvaluation evaluation(
      Defence defence, Repair repair, PruningCurve poisoned) {
    return RepairEvaluation.of(defence, repair, Optional.of(poisoned));
  }

  private void printRow(String drop, int step, Evaluation measured) {
    out.println(
        text(
            ROW,
            drop,
            step,
            percent(measured.attackSuccessNotTarget()),
            percent(measured.robustAccuracy())));
  }

  private static String percent(Optional<Share> share) {
    return share.map(s -> text("%.3f", s.percent())).orElse("-");
  }

  /** Numbers look the same on every machine. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
