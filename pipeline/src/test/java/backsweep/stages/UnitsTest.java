package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.Role;
import backsweep.network.Activation.Relu;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.Criterion;
import backsweep.pruning.GivenOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.StoppingRule.FirstBelow;
import backsweep.pruning.StoppingRule.LastWithin;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.store.Unit;
import backsweep.store.Unit.Kind;
import backsweep.testing.NetworkSketch;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a unit depends on, and what it does not. */
class UnitsTest {

  private static final Network NETWORK =
      new NetworkSketch(1, 8, 8, 2)
          .convolution("a", 3)
          .convolution("b", 3)
          .activation("relu", Relu.PLAIN)
          .classes(4);
  private static final Plan BASE = new Plan();

  @Test
  void samePlanGivesTheSameUnits() {
    assertThat(changed(new Plan())).isEmpty();
    assertThat(BASE.ids().values()).doesNotHaveDuplicates();
  }

  @Test
  void everythingDependsOnTheNetworkAndWhereItIsPruned() {
    String[] all = BASE.ids().keySet().toArray(String[]::new);
    Plan plan = new Plan();
    plan.networkSha256 = hash("c");
    assertThat(changed(plan)).containsExactly(all);

    plan = new Plan();
    plan.architectureSha256 = Optional.empty();
    assertThat(changed(plan)).containsExactly(all);

    plan = new Plan();
    plan.inputScale = 255;
    assertThat(changed(plan)).containsExactly(all);

    plan = new Plan();
    plan.layer = "a";
    assertThat(changed(plan)).containsExactly(all);

    plan = new Plan();
    plan.statisticsLayer = "b";
    assertThat(changed(plan)).containsExactly(all);

    plan = new Plan();
    plan.validationSha256 = hash("c");
    assertThat(changed(plan)).containsExactly(all);
  }

  @Test
  void whereFilesLieDoesNotMatter() {
    Plan plan = new Plan();
    plan.folder = "elsewhere/";

    assertThat(changed(plan)).isEmpty();
  }

  @Test
  void criterionAndOrderLeaveTheStatisticsAndTheActivations() {
    String[] ofTheOrder =
        BASE.ids().keySet().stream()
            .filter(unit -> !unit.equals("statistics") && !unit.startsWith("activations"))
            .toArray(String[]::new);
    Plan given = new Plan();
    given.criterion = GivenOrder.of(List.of(0, 1, 2));
    assertThat(changed(given)).containsExactly(ofTheOrder);

    Plan other = new Plan();
    other.criterion = GivenOrder.of(List.of(0, 2, 1));
    assertThat(other.ids().get("curve of test")).isNotEqualTo(given.ids().get("curve of test"));
  }

  @Test
  void testImagesLeaveRepairsAndOtherCurves() {
    Plan plan = new Plan();
    plan.testSha256 = hash("c");

    assertThat(changed(plan)).containsExactly("curve of test", "evaluation", "detector");
  }

  @Test
  void poisonedImagesLeaveRepairsAndOtherCurves() {
    Plan plan = new Plan();
    plan.poisonedSha256 = hash("c");
    assertThat(changed(plan))
        .containsExactly("curve of poisoned", "evaluation", "detector", "activations of poisoned");

    plan = new Plan();
    plan.poisonedName = "lipstick";
    assertThat(changed(plan))
        .containsExactly("curve of poisoned", "evaluation", "detector", "activations of poisoned");
  }

  @Test
  void trueLabelsArePartOfThePoisonedCurveOnly() {
    Plan plan = new Plan();
    plan.hasTrueLabels = true;

    assertThat(changed(plan)).containsExactly("curve of poisoned", "evaluation", "detector");
  }

  /** So that what earlier versions computed is found. */
  @Test
  void withoutTrueLabelsACurveIsWhatItWasBeforeThereWereAny() {
    Unit before =
        new Unit(
            Kind.CURVE,
            Map.of(
                "statistics", BASE.ids().get("statistics"),
                "criterion", "mean-activation",
                "order", "",
                "image_set", "glasses",
                "image_set_sha256", hash("5"),
                "role", "poisoned"));

    assertThat(BASE.ids()).containsEntry("curve of poisoned", before.id());
  }

  @Test
  void roleIsPartOfACurve() {
    Plan plan = new Plan();
    plan.testSha256 = plan.validationSha256;
    Map<String, String> ids = plan.ids();

    assertThat(ids.get("curve of test")).isNotEqualTo(ids.get("curve of validation"));
  }

  @Test
  void ruleAndDropRecomputeTheRepairOnly() {
    Plan plan = new Plan();
    plan.rule = new LastWithin(BigDecimal.TEN);
    assertThat(changed(plan)).containsExactly("repair", "evaluation");

    plan = new Plan();
    plan.rule = new FirstBelow(new BigDecimal("10.5"));
    assertThat(changed(plan)).containsExactly("repair", "evaluation");
  }

  @Test
  void dropWrittenOtherwiseIsTheSameUnit() {
    Plan plan = new Plan();
    plan.rule = new FirstBelow(new BigDecimal("10.0"));

    assertThat(changed(plan)).isEmpty();
  }

  @Test
  void evaluationDependsOnWhichSetsThereAre() {
    Units units = new Units(BASE.plan());
    Optional<ImageSet> test = Optional.of(BASE.test());
    Optional<ImageSet> poisoned = Optional.of(BASE.poisoned());
    List<Unit> evaluations =
        List.of(
            units.evaluation(BASE.rule, test, poisoned),
            units.evaluation(BASE.rule, test, Optional.empty()),
            units.evaluation(BASE.rule, Optional.empty(), poisoned),
            units.evaluation(BASE.rule, Optional.empty(), Optional.empty()));

    assertThat(evaluations.stream().map(Unit::id).toList()).doesNotHaveDuplicates();
  }

  private static List<String> changed(Plan plan) {
    Map<String, String> before = BASE.ids();
    return plan.ids().entrySet().stream()
        .filter(unit -> !unit.getValue().equals(before.get(unit.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String hash(String digit) {
    return digit.repeat(64);
  }

  /** A plan whose ingredients can be changed one by one. */
  private static final class Plan {
    private String folder = "data/";
    private String networkSha256 = hash("1");
    private Optional<String> architectureSha256 = Optional.of(hash("2"));
    private float inputScale = 1;
    private String layer = "b";
    private String statisticsLayer = "relu";
    private String validationSha256 = hash("3");
    private String testSha256 = hash("4");
    private String poisonedSha256 = hash("5");
    private String poisonedName = "glasses";
    private boolean hasTrueLabels;
    private Criterion criterion = ActivationCriterion.MEAN_ACTIVATION;
    private StoppingRule rule = new FirstBelow(BigDecimal.TEN);

    private ImageSet set(String name, Role role, String sha256) {
      return new ImageSet(name, role, sha256, 10, new ImageShape(8, 8, 2));
    }

    private ImageSet validation() {
      return set(ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, validationSha256);
    }

    private ImageSet test() {
      return set(ImageSet.CLEAN_TEST, Role.CLEAN_TEST, testSha256);
    }

    private ImageSet poisoned() {
      return set(poisonedName, Role.POISONED, poisonedSha256);
    }

    private DefencePlan plan() {
      NetworkFile file =
          new NetworkFile(
              folder + "net.h5",
              architectureSha256.map(hash -> folder + "net.json"),
              inputScale,
              Optional.of(layer),
              Optional.of(statisticsLayer));
      return new DefencePlan(
          new SubjectNetwork("net-1", file, networkSha256, architectureSha256, NETWORK),
          PruningPoint.of(NETWORK, file.layer(), file.statisticsLayer()),
          List.of(
              new ImageSource(validation(), folder + "valid.h5", hasTrueLabels),
              new ImageSource(test(), folder + "test.h5", hasTrueLabels),
              new ImageSource(poisoned(), folder + "poisoned.h5", hasTrueLabels)),
          criterion,
          Optional.empty(),
          Optional.empty());
    }

    private Map<String, String> ids() {
      Units units = new Units(plan());
      Map<String, String> ids = new LinkedHashMap<>();
      ids.put("statistics", units.statistics().id());
      ids.put("curve of validation", units.curve(validation()).id());
      ids.put("curve of test", units.curve(test()).id());
      ids.put("curve of poisoned", units.curve(poisoned()).id());
      ids.put("repair", units.repair(rule).id());
      ids.put(
          "evaluation", units.evaluation(rule, Optional.of(test()), Optional.of(poisoned())).id());
      ids.put("detector", units.detector(test(), poisoned()).id());
      ids.put("activations of validation", units.activations(validation()).id());
      ids.put("activations of poisoned", units.activations(poisoned()).id());
      return ids;
    }
  }
}
