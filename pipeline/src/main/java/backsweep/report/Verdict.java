package backsweep.report;

import static java.util.Comparator.comparingDouble;

import backsweep.evaluation.DefenceEffectiveness;
import java.util.Comparator;
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
    /** Every repair costs at least as much as it takes from the attack. */
    HARMS("worse than doing nothing"),
    /** No poisoned set, or no clean test set, was given. */
    UNKNOWN("attack success unknown"),
    /** At no step does the network lose as much as is tolerated, or no step is chosen. */
    NOTHING("nothing is repaired");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
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

    private double rating() {
      return measures.effectiveness().orElse(Double.NEGATIVE_INFINITY);
    }

    private double cost() {
      return measures.cost().orElse(Double.POSITIVE_INFINITY);
    }

    /** As a text calls it, such as {@code X = 10 %, mean-activation, fine-tuned}. */
    public String name() {
      return "X = %s %%, %s%s"
          .formatted(
              Texts.number(repair.repair().dropPercent()),
              criterion,
              repair.repair().fineTuned() ? ", fine-tuned" : "");
    }
  }

  private static final Comparator<Candidate> BY_WORTH =
      comparingDouble(Candidate::rating).thenComparing(comparingDouble(Candidate::cost).reversed());

  /** The verdict on a network. */
  static Verdict of(NetworkFindings network) {
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
    Optional<Candidate> best = candidates.stream().max(BY_WORTH);
    return best.map(one -> of(one, candidates.size())).orElseGet(Verdict::nothing);
  }

  private static boolean isChange(CriterionFindings criterion, RepairFindings repair) {
    return repair.isMade() && (!criterion.isBaseline() || repair.repair().fineTuned());
  }

  private static Verdict nothing() {
    return new Verdict(
        Kind.NOTHING, "No repair was made that could be measured.", Optional.empty());
  }

  private static Verdict of(Candidate best, int candidates) {
    if (best.measures().effectiveness().isEmpty()) {
      return new Verdict(Kind.UNKNOWN, unknown(best), Optional.of(best));
    }
    double rating = best.measures().effectiveness().get();
    return rating > DefenceEffectiveness.NO_EFFECT
        ? new Verdict(Kind.HELPS, helps(best, rating, candidates), Optional.of(best))
        : new Verdict(Kind.HARMS, harms(best, rating, candidates), Optional.of(best));
  }

  private static String unknown(Candidate best) {
    boolean isPoisoned = best.measures().imageSet().isPresent();
    return isPoisoned
        ? "The cost in clean accuracy is unknown: no clean test set was given."
        : "No poisoned set was given, so nobody knows whether a repair"
            + " helps. %s%s"
                .formatted(best.name(), cost(best).map(text -> " " + text + ".").orElse("."));
  }

  private static String helps(Candidate best, double rating, int candidates) {
    return "The best of %,d, as poisoned images show: %s takes attack success%s from %s to %s and %s (DER %s). %s"
        .formatted(
            candidates,
            best.name(),
            best.measures().imageSet().map(set -> " on " + set).orElse(""),
            Texts.percent(best.measures().original().attackSuccessRate()),
            Texts.percent(best.measures().repaired().attackSuccessRate()),
            cost(best).orElse("costs nobody knows what"),
            Texts.rating(rating),
            detector(best));
  }

  private static String harms(Candidate best, double rating, int candidates) {
    return "Each of %,d repairs costs at least as much clean accuracy as it takes from the attack. The least bad, %s, leaves attack success%s at %s and %s (DER %s). %s"
        .formatted(
            candidates,
            best.name(),
            best.measures().imageSet().map(set -> " on " + set).orElse(""),
            Texts.percent(best.measures().repaired().attackSuccessRate()),
            cost(best).orElse("costs nobody knows what"),
            Texts.rating(rating),
            detector(best));
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
