package backsweep.stages;

import backsweep.evaluation.DetectorEvaluation;
import backsweep.images.ImageSet;
import backsweep.pruning.StoppingRule;
import backsweep.store.Unit;
import backsweep.store.Unit.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The units of work of one defence: what every result depends on, and nothing else. */
final class Units {

  private final DefencePlan plan;

  Units(DefencePlan plan) {
    this.plan = plan;
  }

  /** The channel statistics. */
  Unit statistics() {
    SubjectNetwork subject = plan.subject();
    return new Unit(
        Kind.STATISTICS,
        Map.of(
            "network_sha256", subject.sha256(),
            "architecture_sha256", subject.architectureSha256().orElse(""),
            "input_scale", Float.toString(subject.file().inputScale()),
            "layer", plan.point().convolution(),
            "statistics_layer", plan.point().statisticsLayer(),
            "validation_sha256", plan.validation().sha256()));
  }

  /** The curve on one image set. */
  Unit curve(ImageSet set) {
    Map<String, String> ingredients = new HashMap<>();
    ingredients.put("statistics", statistics().id());
    ingredients.put("criterion", plan.criterion().label());
    ingredients.put("order", plan.criterion().ingredients());
    ingredients.put("image_set", set.name());
    ingredients.put("image_set_sha256", set.sha256());
    ingredients.put("role", set.role().tableName());
    if (plan.source(set).knowsTrueLabels()) {
      // Counted since then; what was counted of other sets before is still theirs.
      ingredients.put("true_labels", "counted");
    }
    return new Unit(Kind.CURVE, ingredients);
  }

  /** The mean activations on a few images of one set; the criterion is no part of them. */
  Unit activations(ImageSet set) {
    return new Unit(
        Kind.ACTIVATIONS,
        Map.of(
            "statistics", statistics().id(),
            "images", Integer.toString(SpreadImages.MOST_IMAGES),
            "image_set", set.name(),
            "image_set_sha256", set.sha256(),
            "role", set.role().tableName()));
  }

  /** The repair by one rule. */
  Unit repair(StoppingRule rule) {
    return new Unit(
        Kind.REPAIR,
        Map.of(
            "validation_curve", curve(plan.validation()).id(),
            "rule", rule.name(),
            "drop_percent", rule.shortestDrop(),
            "fine_tuning", ""));
  }

  /** The repair by one rule after fine-tuning, and its measures on all sets. */
  Unit fineTuning(StoppingRule rule) {
    FineTunePlan fineTuning = plan.fineTuning().orElseThrow();
    Map<String, String> ingredients = new HashMap<>();
    ingredients.put("repair", repair(rule).id());
    ingredients.put("rule", rule.name());
    ingredients.put("drop_percent", rule.shortestDrop());
    ingredients.put("fine_tuning", fineTuning.how().description());
    ingredients.put("images_sha256", fineTuning.source().set().sha256());
    for (ImageSet set : plan.sets()) {
      ingredients.put("curve of " + set.name(), curve(set).id());
    }
    return new Unit(Kind.FINE_TUNING, ingredients);
  }

  /** The measures of a repair on the clean test set and one poisoned set. */
  Unit evaluation(StoppingRule rule, Optional<ImageSet> cleanTest, Optional<ImageSet> poisoned) {
    return new Unit(
        Kind.EVALUATION,
        Map.of(
            "repair", repair(rule).id(),
            "clean_test_curve", cleanTest.map(set -> curve(set).id()).orElse(""),
            "poisoned_curve", poisoned.map(set -> curve(set).id()).orElse("")));
  }

  /** The measures of the detector on the clean test set and one poisoned set. */
  Unit detector(ImageSet cleanTest, ImageSet poisoned) {
    return new Unit(
        Kind.DETECTOR,
        Map.of(
            "validation_curve", curve(plan.validation()).id(),
            "clean_test_curve", curve(cleanTest).id(),
            "poisoned_curve", curve(poisoned).id(),
            "accepted_false_positive_rate", Double.toString(DetectorEvaluation.ACCEPTED)));
  }

  /** Those of all poisoned sets; none where there is no clean test set. */
  Stream<Unit> detectors() {
    return plan.cleanTest().stream()
        .flatMap(
            clean ->
                plan.reported().stream()
                    .flatMap(Optional::stream)
                    .map(poisoned -> detector(clean, poisoned)));
  }
}
