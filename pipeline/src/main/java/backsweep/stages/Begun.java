package backsweep.stages;

import java.util.Optional;

/**
 * A defence of which it is known what earlier runs did.
 *
 * @param plan what is to be done
 * @param recalled what was committed
 * @param failure why the plan comes to nothing, where that is known before anything is computed
 */
record Begun(DefencePlan plan, Recalled recalled, Optional<Failure> failure) {

  /** Whether anything can come of it. */
  boolean isPossible() {
    return failure.isEmpty();
  }
}
