package backsweep.jobs;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.evaluation.DetectorEvaluation;
import backsweep.evaluation.EntropyEvaluation;
import backsweep.evaluation.Evaluation;
import backsweep.evaluation.Share;
import backsweep.images.ImageSet;
import backsweep.network.Shape;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.GivenOrder;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.Unpruned;
import backsweep.stages.Defence;
import backsweep.stages.DefencePlan;
import backsweep.stages.Defences;
import backsweep.stages.FailedCriterion;
import backsweep.stages.FineTunePlan;
import backsweep.stages.FineTuned;
import backsweep.stages.ImageSource;
import backsweep.stages.Repair;
import backsweep.stages.RepairEvaluation;
import backsweep.stages.Slip;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code defend} prints: first what it will do, then what came of it. */
final class DefenceReport {

  private static final String ROW = "  %-7s %5s %9s  %9s %8s  %9s %8s  %9s %8s  %6s";
  private static final List<String> LEGEND =
      List.of(
          "All shares are in %. ASR: attack success rate, poisoned images answered with the attacker's"
              + " target.",
          "Flagged: images on which B and B' differ, so that G calls them backdoored; of poisoned"
              + " images TPR, of clean test images FPR.",
          "DER: defence effectiveness; 0.5 is no effect, below is worse than doing nothing.");

  private static final String TUNED_LEGEND =
      "Tuned: the network above after it learned from %,d clean images of %s.";

  private final PrintStream out;

  DefenceReport(PrintStream out) {
    this.out = out;
  }

  /** The network, the place where it is pruned, in which orders, and the images. */
  void printPlans(List<DefencePlan> plans) {
    DefencePlan plan = plans.get(0);
    Shape input = plan.subject().network().graph().inputShape();
    print(
        "Network   %s: %d classes, images of %s (height, width, channel)%n",
        plan.subject().name(), plan.subject().network().classes(), input);
    print(
        "Pruning   %s (%d channels), %s%n",
        plan.point().convolution(),
        plan.point().channels(),
        plans.stream().map(DefenceReport::ranking).collect(Collectors.joining("; ")));
    for (ImageSource source : plan.sources()) {
      ImageSet set = source.set();
      print("Images    %s: %,d from %s%n", set.name(), set.images(), source.path());
    }
    for (DefencePlan one : plans) {
      one.obstacle()
          .ifPresent(why -> print("Note      no order by %s: %s%n", one.criterion().label(), why));
    }
    plan.hints().forEach(hint -> print("Note      %s%n", hint.text()));
  }

  private static String ranking(DefencePlan plan) {
    if (plan.criterion() instanceof GivenOrder given) {
      return "%d of them in the order given".formatted(given.channels().size());
    }
    if (plan.criterion() instanceof Unpruned) {
      return "not at all";
    }
    return plan.criterion() instanceof ActivationCriterion criterion
        ? "ranked by %s of %s".formatted(criterion.label(), plan.point().statisticsLayer())
        : "ranked by " + plan.criterion().label();
  }

  /** What the run cost. */
  void print(RunCost cost) {
    out.println("Time      " + cost);
  }

  /**
   * For every criterion the table of the labs, a block for every poisoned set, and what it means in
   * words; then the criteria side by side, and what failed.
   */
  void print(Defences found) {
    List<Defence> defences = found.done();
    boolean isAlone = defences.size() + found.failed().size() == 1;
    Defence first = defences.get(0);
    printValidation(first, found.allHints());
    List<Defence> repairing =
        defences.stream().filter(defence -> !defence.plan().criterion().isBaseline()).toList();
    for (Defence defence : repairing) {
      if (!isAlone) {
        print("%nIn the order of %s:%n", defence.plan().criterion().label());
      }
      print(defence);
    }
    if (defences.size() > 1 || repairing.isEmpty()) {
      new CriteriaReport(out).print(defences);
    }
    out.println();
    LEGEND.forEach(out::println);
    first
        .plan()
        .fineTuning()
        .map(FineTunePlan::source)
        .ifPresent(source -> print(TUNED_LEGEND + "%n", source.set().images(), source.path()));
    if (first.poisoned().stream().anyMatch(TrueLabelReport::isKnown)) {
      TrueLabelReport.LEGEND.forEach(out::println);
    }
    out.println();
    found.failed().forEach(this::printFailure);
    defences.forEach(this::printFailures);
    printPlaces(defences, first.output());
  }

  private void print(Defence defence) {
    for (Optional<PruningCurve> poisoned : defence.reported()) {
      out.println();
      printTable(defence, poisoned);
      poisoned.ifPresent(curve -> new TrueLabelReport(out).print(defence, curve));
      poisoned.flatMap(defence::detector).ifPresent(this::printDetector);
      poisoned.flatMap(defence::strip).ifPresent(this::printStrip);
    }
    printWorst(defence);
  }

  private void printValidation(Defence defence, List<Slip> hints) {
    Share accuracy = defence.validation().curve().original().labelShare();
    print("%nOriginal network B: clean validation accuracy %s%n", withCounts(accuracy));
    hints.forEach(hint -> print("NOTE: %s%n", hint.text()));
  }

  private void printTable(Defence defence, Optional<PruningCurve> poisoned) {
    Evaluation original =
        RepairEvaluation.of(defence, defence.repairs().get(0), poisoned).original();
    print(
        "Original network B: clean accuracy %s, attack success %s%n%n",
        original
            .cleanAccuracy()
            .map(DefenceReport::withCounts)
            .orElse("unknown (no clean test set)"),
        poisoned
            .map(
                curve ->
                    withCounts(original.attackSuccess().orElseThrow())
                        + " on "
                        + curve.imageSet().name())
            .orElse("unknown (no poisoned set)"));
    printRow("", "", "channels", "B' (pruned)", "", "G (detector)", "", "flagged", "", "");
    printRow("X", "step", "pruned", "accuracy", "ASR", "accuracy", "ASR", "TPR", "FPR", "DER");
    for (Repair repair : defence.repairs()) {
      printRepair(defence, repair, RepairEvaluation.of(defence, repair, poisoned));
      defence
          .fineTuned(repair)
          .filter(tuned -> !tuned.counts().isEmpty())
          .ifPresent(tuned -> printTuned(tuned.evaluation(defence, poisoned)));
    }
    out.println();
    for (Repair repair : defence.repairs()) {
      String x = "X = " + drop(repair);
      verdict(x, repair, RepairEvaluation.of(defence, repair, poisoned)).forEach(out::println);
      defence
          .fineTuned(repair)
          .filter(tuned -> !tuned.counts().isEmpty())
          .ifPresent(
              tuned -> {
                printTunedValidation(x, defence, tuned);
                verdict(x + ", tuned", repair, tuned.evaluation(defence, poisoned))
                    .forEach(out::println);
              });
    }
  }

  /** All that a defender sees of it who has neither a test nor a poisoned set. */
  private void printTunedValidation(String x, Defence defence, FineTuned tuned) {
    Share accuracy = tuned.counts().get(defence.plan().validation()).labelShare();
    print("%s, tuned: clean validation accuracy %s%n", x, withCounts(accuracy));
  }

  private void printDetector(DetectorEvaluation detector) {
    print(
        "G by first disagreement: AUROC %.3f; up to step %d, chosen on validation images, it flags"
            + " %.3f %% of poisoned and %.3f %% of clean images.%n",
        detector.auroc(),
        detector.step(),
        detector.truePositives().percent(),
        detector.falsePositives().percent());
  }

  private void printStrip(EntropyEvaluation detector) {
    print(
        "STRIP: AUROC %.3f; at the threshold chosen on validation images it flags %.3f %% of"
            + " poisoned and %.3f %% of clean images.%n",
        detector.auroc(), detector.truePositives().percent(), detector.falsePositives().percent());
  }

  /** Of several attacks the one that a repair withstands least is what counts. */
  private void printWorst(Defence defence) {
    if (defence.poisoned().size() < 2) {
      return;
    }
    out.println();
    for (Repair repair : defence.repairs()) {
      defence.poisoned().stream()
          .filter(curve -> repair.step().isPresent())
          .max(Comparator.comparingDouble(curve -> success(repair, curve).fraction()))
          .ifPresent(
              worst ->
                  print(
                      "X = %s: worst poisoned set: %s, on which B' has an attack success of %s%n",
                      drop(repair), worst.imageSet().name(), withCounts(success(repair, worst))));
    }
  }

  private static Share success(Repair repair, PruningCurve poisoned) {
    return poisoned.at(repair.step().getAsInt()).labelShare();
  }

  private void printRepair(Defence defence, Repair repair, RepairEvaluation measured) {
    if (repair.step().isEmpty()) {
      print("  %-7s never reached%n", drop(repair));
      return;
    }
    int step = repair.step().getAsInt();
    String pruned = "%d/%d".formatted(step, defence.plan().point().channels());
    printMeasures(List.of(drop(repair), step, pruned), measured);
  }

  /** The same network after fine-tuning, in the line below. */
  private void printTuned(RepairEvaluation measured) {
    printMeasures(List.of("  tuned", "", ""), measured);
  }

  private void printMeasures(List<Object> what, RepairEvaluation measured) {
    printRow(
        what.get(0),
        what.get(1),
        what.get(2),
        percent(measured.repaired().cleanAccuracy()),
        percent(measured.repaired().attackSuccess()),
        percent(measured.goodNet().cleanAccuracy()),
        percent(measured.goodNet().attackSuccess()),
        percent(measured.goodNet().truePositives()),
        percent(measured.goodNet().falsePositives()),
        measured.repaired().effectiveness().map(DefenceReport::rating).orElse("-"));
  }

  private static List<String> verdict(String x, Repair repair, RepairEvaluation measured) {
    if (repair.step().isEmpty()) {
      return List.of(x + ": " + repair.reason().orElseThrow() + "; nothing is repaired.");
    }
    if (measured.repaired().attackSuccess().isEmpty()) {
      return List.of(x + ": attack success unknown, no poisoned set was given.");
    }
    Optional<DefenceEffectiveness> effectiveness = measured.repaired().effectiveness();
    if (effectiveness.isEmpty()) {
      return List.of(x + ": cost in clean accuracy unknown, no clean test set was given.");
    }
    if (effectiveness.get().isWorseThanNothing()) {
      return List.of(
          x
              + ": worse than doing nothing (DER "
              + rating(effectiveness.get())
              + " < 0.5): it costs"
              + " more clean accuracy than it takes from the attack.");
    }
    if (effectiveness.get().isNoEffect()) {
      return List.of(
          x
              + ": no effect (DER "
              + rating(effectiveness.get())
              + "): it takes as much from the attack as it costs in clean accuracy.");
    }
    return List.of();
  }

  private void printFailures(Defence defence) {
    String criterion = defence.plan().criterion().label();
    defence.repairs().forEach(repair -> printFailure(repair, criterion));
    defence.fineTuned().forEach(one -> printFailure(one.repair(), criterion + ", fine-tuned"));
  }

  private void printFailure(FailedCriterion failed) {
    print("%s: FAILED at %s%n", failed.criterion(), failed.failure().words());
  }

  private void printFailure(Repair repair, String what) {
    repair
        .verification()
        .failure()
        .ifPresent(failure -> print("X = %s, %s: FAILED: %s%n", drop(repair), what, failure));
  }

  private void printPlaces(List<Defence> defences, String output) {
    print("Written to %s:%n", output);
    for (Repair repair : defences.stream().flatMap(Defence::allRepairs).toList()) {
      boolean isBaseline = repair.goodNet().isEmpty() && repair.step().isPresent();
      if (repair.verification().failure().isPresent() || isBaseline) {
        continue;
      }
      repair.file().ifPresent(file -> print("  %s%n", file.path()));
      if (repair.step().isPresent() && repair.file().isEmpty()) {
        print("  no repaired file for X = %s: %s%n", drop(repair), repair.reason().orElse(""));
      }
      repair.goodNet().ifPresent(folder -> print("  %s/%n", folder.path()));
    }
    print("  results/ (tables as Parquet), runs/ (what was done)%n");
  }

  private static String drop(Repair repair) {
    return repair.rule().shortestDrop() + " %";
  }

  private static String withCounts(Share share) {
    return text("%.3f %% (%d of %d)", share.percent(), share.hits(), share.of());
  }

  private static String percent(Optional<Share> share) {
    return share.map(s -> text("%.3f", s.percent())).orElse("-");
  }

  private static String rating(DefenceEffectiveness effectiveness) {
    return text("%.3f", effectiveness.rating());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void printRow(Object... cells) {
    out.println(text(ROW, cells).stripTrailing());
  }

  /** Numbers look the same on every machine. */
  private void print(String format, Object... values) {
    out.print(text(format, values));
  }
}
