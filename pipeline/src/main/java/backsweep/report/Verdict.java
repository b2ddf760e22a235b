package backsweep.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.evaluation.RepairWorth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a defence of a network comes to.
 *
 * @param kind in a word
 * @param words in sentences
 * @param best the repair that the words are about; empty where nothing is repaired
 */
public record Verdict(Kind kind, String words, Optional<Candidate> best) {

  /** In a word. */
  public enum Kind {
    /** There is a repair that takes more from the attack than it costs. */
    HELPS("a repair helps"),
    /** The best repair takes from the attack what it costs, or neither. */
    NO_EFFECT("no effect"),
    /** Every repair costs more than it takes from the attack. */
    HARMS("worse than doing nothing"),
    /** No poisoned set was given. */
    UNKNOWN("attack success unknown"),
    /** No clean test set was given. */
    COST_UNKNOWN("cost in clean accuracy unknown"),
    /** At no step does the network lose as much as is tolerated, or no step is chosen. */
    NOTHING("nothing is repaired"),
    /** No channel could be pruned. */
    FAILED("failed");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** For style sheets. */
    String styleName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A repair that a defender could choose.
   *
   * @param criterion the order it is pruned in
   * @param repair the repair
   * @param measures on the poisoned set where it helps least
   */
  public record Candidate(String criterion, RepairFindings repair, Measures measures) {

    private RepairWorth worth() {
      return repair.worth(criterion);
    }

    /** As a text calls it, such as {@code X = 10 %, mean-activation, fine-tuned}. */
    public String name() {
      return Texts.of(
          "X = %s %%, %s%s",
          Texts.number(repair.repair().dropPercent()),
          criterion,
          repair.repair().fineTuned() ? ", fine-tuned" : "");
    }

    private String onItsSet() {
      return measures.imageSet().map(set -> " on " + set).orElse("");
    }
  }

  /**
   * The verdict on a network.
   *
   * @param failures of it
   */
  static Verdict of(NetworkFindings network, List<FailureFinding> failures) {
    return network.criteria().isEmpty() && !failures.isEmpty() ? failed(failures) : of(network);
  }

  /** The verdict on a network of which nothing is known but how it failed, at least once. */
  static Verdict failed(List<FailureFinding> failures) {
    FailureFinding first = failures.get(0);
    return new Verdict(
        Kind.FAILED, Texts.of("At %s: %s", first.what(), first.reason()), Optional.empty());
  }

  private static Verdict of(NetworkFindings network) {
    List<Candidate> candidates =
        network.chosen().stream()
            .flatMap(
                criterion ->
                    criterion.repairs().stream()
                        .filter(repair -> isChange(criterion, repair))
                        .flatMap(
                            repair ->
                                repair.worst().stream()
                                    .map(worst -> new Candidate(criterion.name(), repair, worst))))
            .toList();
    return candidates.stream()
        .max(comparing(Candidate::worth, RepairWorth.ORDER))
        .map(best -> of(best, candidates.size()))
        .orElseGet(Verdict::nothing);
  }

  private static boolean isChange(CriterionFindings criterion, RepairFindings repair) {
    return repair.isMade() && (!criterion.isBaseline() || repair.repair().fineTuned());
  }

  private static Verdict nothing() {
    return new Verdict(
        Kind.NOTHING, "No repair was made that could be measured.", Optional.empty());
  }

  private static Verdict of(Candidate best, int candidates) {
    Kind kind = best.measures().kind();
    boolean isOnly = candidates == 1;
    String words =
        switch (kind) {
          case HELPS -> helps(best, candidates);
          case NO_EFFECT -> isOnly ? onlyNoEffect(best) : noEffect(best, candidates);
          case HARMS -> isOnly ? onlyHarms(best) : harms(best, candidates);
          case COST_UNKNOWN -> costUnknown(best, isOnly);
          default -> unknown(best, candidates);
        };
    return new Verdict(kind, words + detector(best), Optional.of(best));
  }

  private static String unknown(Candidate best, int candidates) {
    return cost(best)
        .map(
            cost ->
                Texts.of(
                    candidates == 1
                        ? "No poisoned set was given, so nobody knows whether a repair helps. %2$s %3$s."
                        : "No poisoned set was given, so nobody knows whether a repair helps. Of %1$,d repairs %2$s leaves the most clean accuracy: it %3$s.",
                    candidates,
                    best.name(),
                    cost))
        .orElse(
            "Neither a poisoned set nor a clean test set was given, so nobody knows whether a"
                + " repair helps, nor what it costs.");
  }

  private static String costUnknown(Candidate best, boolean isOnly) {
    return Texts.of(
        "No clean test set was given, so nobody knows what a repair costs. %s attack success%s from %s to %s.",
        isOnly
            ? best.name() + " takes"
            : "Attack success is least by " + best.name() + ", which takes",
        best.onItsSet(),
        Texts.percent(best.measures().original().attackSuccessRate()),
        Texts.percent(best.measures().repaired().attackSuccessRate()));
  }

  private static String helps(Candidate best, int candidates) {
    return Texts.of(
        "%s: %s takes attack success%s from %s to %s and %s (DER %s).",
        candidates == 1
            ? "As poisoned images show"
            : Texts.of("The best of %,d, as poisoned images show", candidates),
        best.name(),
        best.onItsSet(),
        Texts.percent(best.measures().original().attackSuccessRate()),
        Texts.percent(best.measures().repaired().attackSuccessRate()),
        cost(best).orElse("costs nobody knows what"),
        rating(best));
  }

  private static String noEffect(Candidate best, int candidates) {
    return Texts.of(
        "None of %,d repairs takes more from the attack than it costs in clean accuracy. The best, %s, takes as much: it %s, which is no effect).",
        candidates, best.name(), leaves(best));
  }

  private static String onlyNoEffect(Candidate best) {
    return Texts.of(
        "The only repair, %s, takes as much from the attack as it costs in clean accuracy: it %s, which is no effect).",
        best.name(), leaves(best));
  }

  private static String harms(Candidate best, int candidates) {
    return Texts.of(
        "Each of %,d repairs costs more clean accuracy than it takes from the attack. The least bad, %s, %s).",
        candidates, best.name(), leaves(best));
  }

  private static String onlyHarms(Candidate best) {
    return Texts.of(
        "The only repair, %s, costs more clean accuracy than it takes from the attack: it %s).",
        best.name(), leaves(best));
  }

  private static String leaves(Candidate best) {
    return Texts.of(
        "leaves attack success%s at %s and %s (DER %s",
        best.onItsSet(),
        Texts.percent(best.measures().repaired().attackSuccessRate()),
        cost(best).orElse("costs nobody knows what"),
        rating(best));
  }

  private static String rating(Candidate best) {
    return Texts.rating(best.measures().effectiveness().orElse(DefenceEffectiveness.NO_EFFECT));
  }

  private static Optional<String> cost(Candidate best) {
    return best.measures()
        .cost()
        .map(
            points ->
                points >= 0
                    ? Texts.of("costs %.2f points of clean accuracy", points)
                    : Texts.of("gains %.2f points of clean accuracy", -points));
  }

  /** What is known of G in a sentence; empty where nothing is. */
  private static String detector(Candidate best) {
    Optional<String> catches =
        Optional.ofNullable(best.measures().goodNet().truePositiveRate())
            .map(share -> Texts.of("catches %s of poisoned images", Texts.percent(share)));
    Optional<String> rejects =
        Optional.ofNullable(best.measures().goodNet().falsePositiveRate())
            .map(share -> Texts.of("wrongly rejects %s of clean images", Texts.percent(share)));
    String known = Stream.of(catches, rejects).flatMap(Optional::stream).collect(joining(" and "));
    return known.isEmpty() ? "" : " The detector G made of it " + known + ".";
  }
}
