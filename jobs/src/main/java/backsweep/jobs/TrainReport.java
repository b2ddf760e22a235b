package backsweep.jobs;

import backsweep.evaluation.Share;
import backsweep.stages.TrainedNetwork;
import backsweep.stages.TrainingPlan;
import backsweep.stages.TrainingRequest;
import backsweep.stages.TrainingRequest.Order;
import backsweep.stages.TrainingResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code train} prints: what will be done, and what came of it. */
final class TrainReport {

  private static final String ROW = "%-24s %-18s %-14s %10s %10s %9s%n";

  private static final List<String> LEGEND =
      List.of(
          "accuracy: clean test images answered with their label, in %.",
          "ASR*: attack success rate without images that show the target anyway; empty where a network"
              + " was tried on another set, or on none.");

  private final PrintStream out;
  private final TrainingRequest request;

  TrainReport(PrintStream out, TrainingRequest request) {
    this.out = out;
    this.request = request;
  }

  /** What will be done. */
  void print(TrainingPlan plan) {
    print(
        "Images    training: %,d of %d classes from %s%n",
        plan.training().images(), plan.training().classes(), plan.training().path());
    plan.cleanTest()
        .ifPresent(
            test -> print("Images    clean-test: %,d from %s%n", test.images(), test.path()));
    print("Networks  %d to train, %d trained before%n", plan.wanted().size(), plan.made().size());
  }

  /** A row for every network, then where they lie. */
  void print(List<TrainingResult> results) {
    out.println();
    print(ROW, "network", "architecture", "attack", "accuracy", "ASR*", "seconds");
    results.forEach(this::row);
    out.println();
    results.forEach(
        result -> result.reason().ifPresent(reason -> print("%s: %s%n", result.name(), reason)));
    if (results.stream().anyMatch(TrainReport::isTried)) {
      LEGEND.forEach(out::println);
    }
    if (results.stream().anyMatch(result -> result.network().isPresent())) {
      print("%nWritten to %s%n", request.output());
    }
  }

  /** What the run cost. */
  void print(RunCost cost) {
    out.println("Time      " + cost);
  }

  private static boolean isTried(TrainingResult result) {
    return result.network().flatMap(TrainedNetwork::cleanAccuracy).isPresent();
  }

  private void row(TrainingResult result) {
    Order order =
        request.orders().stream()
            .filter(one -> one.name().equals(result.name()))
            .findFirst()
            .orElseThrow();
    Optional<TrainedNetwork> network = result.network();
    print(
        ROW,
        result.name(),
        order.recipe().architecture().label(),
        order.recipe().attack().name(),
        network.map(made -> percent(made.cleanAccuracy())).orElse("failed"),
        network.map(made -> percent(made.attackSuccess())).orElse(""),
        network.map(made -> String.format(Locale.ROOT, "%.1f", made.seconds())).orElse(""));
  }

  private static String percent(Optional<Share> share) {
    return share.map(known -> String.format(Locale.ROOT, "%.3f", known.percent())).orElse("");
  }

  private void print(String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
  }
}
