package backsweep.report;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.store.Tables.EvaluationRow;
import java.util.Optional;

/**
 * What the original network, a repaired one and the detector do on the clean test set and one
 * poisoned set.
 *
 * @param original B
 * @param repaired B'
 * @param goodNet G
 */
public record Measures(EvaluationRow original, EvaluationRow repaired, EvaluationRow goodNet) {

  /** The poisoned set; empty where there is none. */
  public Optional<String> imageSet() {
    return Optional.ofNullable(repaired.imageSet());
  }

  /** DER; empty where a set is missing that it takes. */
  public Optional<Double> effectiveness() {
    return Optional.ofNullable(repaired.defenceEffectiveness());
  }

  /** What it comes to, in a word; by itself, no repair is the best of several. */
  Verdict.Kind kind() {
    if (attackSuccess().isEmpty()) {
      return Verdict.Kind.UNKNOWN;
    }
    if (effectiveness().isEmpty()) {
      return Verdict.Kind.COST_UNKNOWN;
    }
    double rating = effectiveness().get();
    if (rating == DefenceEffectiveness.NO_EFFECT) {
      return Verdict.Kind.NO_EFFECT;
    }
    return rating > DefenceEffectiveness.NO_EFFECT ? Verdict.Kind.HELPS : Verdict.Kind.HARMS;
  }

  /** Poisoned images that B' answers with the target; empty where there are none. */
  public Optional<Double> attackSuccess() {
    return Optional.ofNullable(repaired.attackSuccessRate());
  }

  /** Clean test images that B' answers with their label; empty where there are none. */
  public Optional<Double> cleanAccuracy() {
    return Optional.ofNullable(repaired.cleanAccuracy());
  }

  /** The points of clean accuracy that the repair costs; negative where it gains. */
  public Optional<Double> cost() {
    return original.cleanAccuracy() == null || repaired.cleanAccuracy() == null
        ? Optional.empty()
        : Optional.of(100 * (original.cleanAccuracy() - repaired.cleanAccuracy()));
  }
}
