package backsweep.jobs;

import backsweep.stages.Defence;
import backsweep.stages.DefenceRequest;
import backsweep.stages.Defences;
import backsweep.stages.FailedCriterion;
import backsweep.stages.Failure;
import backsweep.stages.Repair;
import backsweep.stages.Slip;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of a network of a sweep: little, as there may be thousands.
 *
 * @param file as it was found
 * @param measured what came of its defence; empty where it was not defended
 * @param failures why it was not, or what of it failed: criteria, then repairs
 * @param hints what looks like a slip in its input
 */
record SweptNetwork(
    String file, Optional<Measured> measured, List<Failure> failures, List<Slip> hints) {

  private static final String REPAIRS = "repairs";

  /** Copies the list. */
  SweptNetwork {
    failures = List.copyOf(failures);
    hints = List.copyOf(hints);
  }

  /** One without hints. */
  SweptNetwork(String file, Optional<Measured> measured, List<Failure> failures) {
    this(file, measured, failures, List.of());
  }

  /**
   * A network that was defended.
   *
   * @param name as in every table
   * @param sha256 of its file
   * @param original what it does as it is
   * @param repairs the best of each X, by the criterion that gives it
   */
  record Measured(String name, String sha256, WorstMeasures original, List<BestRepair> repairs) {

    /** Copies the list. */
    Measured {
      repairs = List.copyOf(repairs);
    }
  }

  /** A network that was defended by one criterion at least. */
  static SweptNetwork defended(DefenceRequest request, Defences defences) {
    Defence first = defences.done().get(0);
    Measured measured =
        new Measured(
            first.plan().subject().name(),
            first.plan().subject().sha256(),
            WorstMeasures.original(first),
            BestRepair.of(defences.done()));
    return new SweptNetwork(
        request.network().path(),
        Optional.of(measured),
        Stream.concat(
                defences.failed().stream().map(FailedCriterion::named),
                defences.done().stream().flatMap(SweptNetwork::failures))
            .toList(),
        defences.allHints());
  }

  private static Stream<Failure> failures(Defence defence) {
    String criterion = defence.plan().criterion().label();
    return Stream.concat(
            defence.repairs().stream().flatMap(repair -> reason(repair, criterion)),
            defence.fineTuned().stream()
                .flatMap(tuned -> reason(tuned.repair(), criterion + ", fine-tuned")))
        .map(reason -> new Failure(REPAIRS, reason));
  }

  private static Stream<String> reason(Repair repair, String what) {
    return repair
        .verification()
        .failure()
        .map(how -> "X = %s %%, %s: %s".formatted(repair.rule().shortestDrop(), what, how))
        .stream();
  }

  /** A network that could not be defended. */
  static SweptNetwork failed(DefenceRequest request, Failure failure) {
    return new SweptNetwork(request.network().path(), Optional.empty(), List.of(failure));
  }

  /** Whether everything was done that was to be done with it. */
  boolean isDone() {
    return failures.isEmpty();
  }

  /** Whether something was done with it, by one criterion at least. */
  boolean isDefended() {
    return measured.isPresent();
  }

  /** In a word. */
  String status() {
    return isDone() ? "done" : isDefended() ? "partly failed" : "failed";
  }
}
