package backsweep.report;

import static java.util.Comparator.comparing;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.evaluation.RepairWorth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
      return "X = %s %%, %s%s"
          .formatted(
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
        Kind.FAILED, "At %s: %s".formatted(first.what(), first.reason()), Optional.empty());
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
    String words =
        switch (kind) {
          case HELPS -> helps(best, candidates);
          case NO_EFFECT -> noEffect(best, candidates);
          case HARMS -> harms(best, candidates);
          case COST_UNKNOWN -> costUnknown(best);
          default -> unknown(best);
        };
    return new Verdict(kind, words, Optional.of(best));
  }

  private static String unknown(Candidate best) {
    return "No poisoned set was given, so nobody knows whether a repair helps. %s%s."
        .formatted(best.name(), cost(best).map(text -> " " + text).orElse(""));
  }

  private static String costUnknown(Candidate best) {
    return "No clean test set was given, so nobody knows what a repair costs. Attack success is least by %s, which takes it%s from %s to %s. %s"
        .formatted(
            best.name(),
            best.onItsSet(),
            Texts.percent(best.measures().original().attackSuccessRate()),
            Texts.percent(best.measures().repaired().attackSuccessRate()),
            detector(best));
  }

  private static String helps(Candidate best, int candidates) {
    return "The best of %,d, as poisoned images show: %s takes attack success%s from %s to %s and %s (DER %s). %s"
        .formatted(
            candidates,
            best.name(),
            best.onItsSet(),
            Texts.percent(best.measures().original().attackSuccessRate()),
            Texts.percent(best.measures().repaired().attackSuccessRate()),
            cost(best).orElse("costs nobody knows what"),
            rating(best),
            detector(best));
  }

  private static String noEffect(Candidate best, int candidates) {
    return "None of %,d repairs takes more from the attack than it costs in clean accuracy. The best, %s, takes as much: it leaves attack success%s at %s and %s (DER %s, which is no effect). %s"
        .formatted(
            candidates,
            best.name(),
            best.onItsSet(),
            Texts.percent(best.measures().repaired().attackSuccessRate()),
            cost(best).orElse("costs nobody knows what"),
            rating(best),
            detector(best));
  }

  private static String harms(Candidate best, int candidates) {
    return "Each of %,d repairs costs more clean accuracy than it takes from the attack. The least bad, %s, leaves attack success%s at %s and %s (DER %s). %s"
        .formatted(
            candidates,
            best.name(),
            best.onItsSet(),
            Texts.percent(best.measures().repaired().attackSuccessRate()),
            cost(best).orElse("costs nobody knows what"),
            rating(best),
            detector(best));
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
                    ? String.format(Locale.ROOT, "costs %.2f points of clean accuracy", points)
                    : String.format(Locale.ROOT, "gains %.2f points of clean accuracy", -points));
  }

  private static String detector(Candidate best) {
    return "The detector G made of it catches %s of poisoned images and wrongly rejects %s of clean ones."
        .formatted(
            Texts.percent(best.measures().goodNet().truePositiveRate()),
            Texts.percent(best.measures().goodNet().falsePositiveRate()));
  }
}
