package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.evaluation.StepCounts;
import backsweep.modelfiles.KerasReader;
import backsweep.network.Network;
import backsweep.pruning.GivenOrder;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.StoppingRule.FirstBelow;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.testing.Fixtures;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the published order, the repaired files have the weights of the published ones. */
class PublishedRepairsTest {

  private static final List<Integer> ORDER =
      Stream.of(
              ("0 2 9 12 13 14 15 17 24 25 26 27 30 31 33 34 36 37 38 39 40 41 44 45 47 48 49 50"
                      + " 53 55 59 23 6 51 32 22 21 20 19 43 58 3 42 1 29 16 56 46 5 8 11 54 10 28"
                      + " 35 18 4 7 52 57")
                  .split(" "))
          .map(Integer::valueOf)
          .toList();
  private static final Map<Integer, String> PUBLISHED =
      Map.of(45, "lab3_repaired_x2", 48, "lab3_repaired_x4", 52, "lab3_repaired_x10");

  @TempDir private Path output;

  @Test
  void weightsAreThePublishedOnes() {
    PruningCurve curve = defend(List.of()).validation().curve();
    List<Integer> steps = List.of(45, 48, 52);
    List<StoppingRule> rules = steps.stream().map(step -> ruleFor(curve, step)).toList();

    Defence defence = defend(rules);

    assertThat(defence.isComplete()).isTrue();
    assertThat(defence.repairs()).hasSize(3);
    for (Repair repair : defence.repairs()) {
      int step = repair.step().orElseThrow();
      assertThat(repair.verification().images()).isPositive();
      Network repaired =
          KerasReader.read(
              output.resolve(repair.file().orElseThrow().path()),
              Optional.of(Fixtures.path("models/deepid.json")));
      Network published =
          KerasReader.read(
              Fixtures.path("models/" + PUBLISHED.get(step) + ".h5"), Optional.empty());
      assertThat(repaired.weights().sameValues(published.weights())).as("step %d", step).isTrue();
    }
    assertThat(defence.repairs()).extracting(r -> r.step().orElseThrow()).isEqualTo(steps);
  }

  /** A drop that the accuracy has at this step for the first time. */
  private static StoppingRule ruleFor(PruningCurve curve, int step) {
    StepCounts original = curve.original();
    BigDecimal lost = BigDecimal.valueOf(original.labelHits() - curve.at(step).labelHits());
    BigDecimal drop =
        lost.scaleByPowerOfTen(2)
            .divide(BigDecimal.valueOf(original.images()), 6, RoundingMode.DOWN);
    StoppingRule rule = new FirstBelow(drop);
    assertThat(rule.choose(new ValidationCurve(curve))).hasValue(step);
    return rule;
  }

  private Defence defend(List<StoppingRule> rules) {
    DefenceRequest labs = Golden.LAB_IMPRESSIONS.request(output, 2);
    ImageFiles validationOnly =
        new ImageFiles(labs.images().cleanValidation(), Optional.empty(), Map.of());
    DefenceRequest request =
        new DefenceRequest(
            labs.network(),
            validationOnly,
            new Repairs(rules, VerifyRepairs.Extent.FIRST),
            labs.work());
    DefendNetwork defend =
        new DefendNetwork(LocalSpark.session(), request, List.of(GivenOrder.of(ORDER)));
    return defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
  }
}
