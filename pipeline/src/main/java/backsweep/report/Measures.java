package backsweep.report;

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

  /** The points of clean accuracy that the repair costs; negative where it gains. */
  public Optional<Double> cost() {
    return original.cleanAccuracy() == null || repaired.cleanAccuracy() == null
        ? Optional.empty()
        : Optional.of(100 * (original.cleanAccuracy() - repaired.cleanAccuracy()));
  }
}
