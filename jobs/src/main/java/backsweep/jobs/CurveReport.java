package backsweep.jobs;

import backsweep.evaluation.Share;
import backsweep.pruning.PruningCurve;
import backsweep.stages.Defence;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** The pruning curve as text: for every so many pruned channels a row with bars. */
final class CurveReport {

  private static final int ROWS = 20;
  private static final int BAR = 20;

  private final PrintStream out;

  CurveReport(PrintStream out) {
    this.out = out;
  }

  /** Clean accuracy and attack success of the first poisoned set, where there are such sets. */
  void print(Defence defence) {
    Optional<PruningCurve> clean = defence.cleanTest();
    Optional<PruningCurve> poisoned = defence.poisoned().stream().findFirst();
    if (clean.isEmpty() || poisoned.isEmpty()) {
      return;
    }
    out.println("The pruning curve on clean test images (accuracy) and with the trigger (ASR):");
    out.printf("%n  %6s  %-30s  %-30s%n", "pruned", "accuracy", "ASR");
    int last = clean.get().steps().size() - 1;
    int stride = Math.max(1, last / ROWS);
    for (int step = 0; step <= last; step += stride) {
      Share accuracy = clean.get().at(step).labelShare();
      Share success = poisoned.get().at(step).labelShare();
      out.printf("  %6d  %s  %s%n", step, bar(accuracy), bar(success));
    }
  }

  private static String bar(Share share) {
    String bar = "#".repeat((int) Math.round(BAR * share.fraction()));
    return String.format(Locale.ROOT, "%8.3f  %-20s", share.percent(), bar);
  }
}
