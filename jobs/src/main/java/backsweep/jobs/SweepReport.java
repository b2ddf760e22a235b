package backsweep.jobs;

import backsweep.evaluation.Share;
import backsweep.jobs.SweptNetwork.Measured;
import backsweep.stages.DefenceRequest;
import backsweep.stages.Failure;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code sweep} prints: what it will do, a line for every network, and how it went. */
final class SweepReport {

  private static final List<String> LEGEND =
      List.of(
          "accuracy: clean test images answered with their label; ASR: attack success rate, of the"
              + " poisoned set where it is greatest; both in %.",
          "X %: accuracy / ASR of the best repair at a loss of X points of clean validation accuracy:"
              + " by the criterion with the greatest DER, which takes poisoned images to know.");

  private final PrintStream out;
  private final SweepSettings settings;

  SweepReport(PrintStream out, SweepSettings settings) {
    this.out = out;
    this.settings = settings;
  }

  /** What will be done. */
  void printPlan() {
    print(
        "Networks  %,d, %,d in a batch; by %s; into %s%n",
        settings.networks().size(),
        settings.networksPerBatch(),
        String.join(", ", settings.how().criteria().names()),
        settings.how().work().output());
    settings.overlaps().forEach(overlap -> print("Note      %s%n", overlap));
  }

  /** Every network that was found, with the sets that it is defended with. */
  void printNetworks() {
    for (DefenceRequest network : settings.networks()) {
      print(
          "  %s: %s%n",
          network.network().path(),
          network.images().poisoned().isEmpty()
              ? "no poisoned set"
              : String.join(", ", network.images().poisoned().keySet()));
    }
  }

  /**
   * The line of a network.
   *
   * @param finished how many are finished with it
   */
  void print(int finished, SweptNetwork network) {
    String name = network.measured().map(Measured::name).orElse(network.file());
    String found = network.measured().map(SweepReport::measures).orElse("");
    String failed = network.isDone() ? "" : "  FAILED at " + failed(network);
    print("[%d/%d] %s%s%s%n", finished, settings.networks().size(), name, found, failed);
    network.hints().forEach(hint -> print("  NOTE: %s%n", hint.text()));
  }

  private static String measures(Measured measured) {
    return "  accuracy %s, ASR %s%s"
        .formatted(
            percent(measured.original().cleanAccuracy()),
            percent(measured.original().attackSuccess()),
            measured.repairs().stream()
                .map(SweepReport::best)
                .collect(Collectors.joining("; ", "; ", "")));
  }

  private static String best(BestRepair best) {
    return "%s %%: %s"
        .formatted(
            best.drop(), best.repair().map(SweepReport::repair).orElse("nothing is repaired"));
  }

  private static String repair(BestRepair.Candidate repair) {
    return "%s / %s (%s%s)"
        .formatted(
            percent(repair.measures().cleanAccuracy()),
            percent(repair.measures().attackSuccess()),
            repair.criterion(),
            repair.isTuned() ? ", tuned" : "");
  }

  /** What failed first; the rest is said in the end. */
  private static String failed(SweptNetwork network) {
    int more = network.failures().size() - 1;
    return words(network, network.failures().get(0))
        + (more > 0 ? " (and %,d more)".formatted(more) : "");
  }

  /** On one line, however many the reason has, without the file, which stands before it. */
  private static String words(SweptNetwork network, Failure failure) {
    String reason = failure.reason().lines().map(String::strip).collect(Collectors.joining(" "));
    String name = network.file().substring(network.file().lastIndexOf('/') + 1);
    return failure
        .because(reason.replaceFirst("^(?:(?!: ).)*?" + Pattern.quote(name) + "[:,] ", ""))
        .words();
  }

  /** How it went, and what failed. */
  void print(List<SweptNetwork> networks) {
    long done = networks.stream().filter(SweptNetwork::isDone).count();
    long defended = networks.stream().filter(SweptNetwork::isDefended).count();
    out.println();
    LEGEND.forEach(out::println);
    int all = settings.networks().size();
    print("%n  %8s %8s %13s %8s%n", "networks", "done", "partly failed", "failed");
    print("  %,8d %,8d %,13d %,8d%n%n", all, done, defended - done, all - defended);
    for (SweptNetwork network : networks) {
      for (Failure failure : network.failures()) {
        print("FAILED    %s, at %s%n", network.file(), words(network, failure));
      }
    }
    printNoted(networks);
    print(
        "Written to %s: results/ (tables as Parquet), %sruns/ (what was done)%n",
        settings.how().work().output(), defended > 0 ? "repaired/, goodnet/, " : "");
  }

  /** Their numbers may mean nothing: what was said of each is far above by now. */
  private void printNoted(List<SweptNetwork> networks) {
    List<SweptNetwork> noted = networks.stream().filter(one -> !one.hints().isEmpty()).toList();
    if (!noted.isEmpty()) {
      SweptNetwork first = noted.get(0);
      print(
          "NOTE      of %,d networks, with their lines above and in the manifest; of %s: %s%n",
          noted.size(), first.file(), first.hints().get(0).text());
    }
  }

  /** What the run cost. */
  void print(RunCost cost) {
    print("Time      %s%n", cost);
  }

  private static String percent(Optional<Share> share) {
    return share.map(s -> String.format(Locale.ROOT, "%.3f", s.percent())).orElse("-");
  }

  /** Numbers look the same on every machine. */
  private void print(String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
  }
}
