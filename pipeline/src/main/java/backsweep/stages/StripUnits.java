package backsweep.stages;

import backsweep.evaluation.DetectorEvaluation;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.store.Unit;
import backsweep.store.Unit.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The units of work of {@link Strip}. The layer that is pruned, the criterion and the repairs are
 * no part of them.
 *
 * @param plan of any criterion
 */
record StripUnits(DefencePlan plan, Strip how) {

  /** The entropies of one image set. */
  Unit entropies(ImageSet set) {
    SubjectNetwork subject = plan.subject();
    Map<String, String> ingredients = new HashMap<>();
    ingredients.put("network_sha256", subject.sha256());
    ingredients.put("architecture_sha256", subject.architectureSha256().orElse(""));
    ingredients.put("input_scale", Float.toString(subject.file().inputScale()));
    ingredients.put("validation_sha256", plan.validation().sha256());
    ingredients.put("detector", Strip.LABEL);
    ingredients.put("settings", how.ingredients());
    ingredients.put("image_set", set.name());
    ingredients.put("image_set_sha256", set.sha256());
    ingredients.put("role", set.role().tableName());
    return new Unit(Kind.ENTROPIES, ingredients);
  }

  /** The measures on the clean test set and one poisoned set. */
  Unit detector(ImageSet poisoned) {
    return new Unit(
        Kind.DETECTOR,
        Map.of(
            "detector", Strip.LABEL,
            "validation_entropies", entropies(plan.validation()).id(),
            "clean_test_entropies", entropies(plan.cleanTest().orElseThrow()).id(),
            "poisoned_entropies", entropies(poisoned).id(),
            "accepted_false_positive_rate", Double.toString(DetectorEvaluation.ACCEPTED)));
  }

  /** All of them. */
  Stream<Unit> all() {
    return Stream.concat(
        plan.sets().stream().map(this::entropies),
        plan.sets().stream().filter(set -> set.role() == Role.POISONED).map(this::detector));
  }
}
