package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.evaluation.StepCounts;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.Role;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.GivenOrder;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.Unpruned;
import backsweep.pruning.ValidationCurve;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final ValidationCurve VALIDATION = curve(100, 99, 97, 50);

  private static ValidationCurve curve(long... hits) {
    ImageSet set =
        new ImageSet(
            ImageSet.CLEAN_VALIDATION,
            Role.CLEAN_VALIDATION,
            "1".repeat(64),
            100,
            new ImageShape(2, 2, 1));
    List<StepCounts> steps =
        LongStream.of(hits)
            .mapToObj(hit -> new StepCounts(100, hit, 0, 0, 0, Optional.empty()))
            .toList();
    return new ValidationCurve(new PruningCurve(set, order(hits.length - 1), steps));
  }

  private static PruningOrder order(int channels) {
    return PruningOrder.given(channels + 1, IntStream.range(0, channels).boxed().toList());
  }

  private static String step(StoppingRule rule) {
    return Decision.step(rule, rule.choose(VALIDATION), VALIDATION);
  }

  @Test
  void ordersAreSaidByTheirFirstChannels() {
    assertThat(Decision.order(ActivationCriterion.APOZ, order(7)))
        .isEqualTo("Pruning 7 of 8 channels in the order of apoz, first 0, 1, 2, 3, 4, ...");
    assertThat(Decision.order(new Unpruned(), order(0))).isEqualTo("Pruning none of 1 channels");
  }

  @Test
  void aStepIsSaidWithTheFallThatDecidedIt() {
    assertThat(step(new StoppingRule.FirstBelow(BigDecimal.valueOf(2))))
        .isEqualTo(
            "X = 2 % (first-below): step 2 of 3; at step 2 validation accuracy,"
                + " originally 100.000 %, falls from 99.000 % to 97.000 %");
    assertThat(step(new StoppingRule.LastWithin(new BigDecimal("2.50"))))
        .isEqualTo(
            "X = 2.5 % (last-within): step 1 of 3; at step 2 validation accuracy,"
                + " originally 100.000 %, falls from 99.000 % to 97.000 %");
  }

  @Test
  void thatThereIsNoStepIsSaid() {
    assertThat(step(new StoppingRule.FirstBelow(BigDecimal.valueOf(51))))
        .isEqualTo(
            "X = 51 % (first-below): no step,"
                + " validation accuracy never falls that far below 100.000 %");
  }

  @Test
  void anOrderIsSaidByItsFirstChannels() {
    assertThat(Decision.order(GivenOrder.of(List.of(0, 1, 2, 3, 4, 5)), order(6)))
        .isEqualTo("Pruning 6 of 7 channels in the order of given, first 0, 1, 2, 3, 4, ...");
    assertThat(Decision.order(ActivationCriterion.MEAN_ACTIVATION, order(2)))
        .isEqualTo("Pruning 2 of 3 channels in the order of mean-activation, first 0, 1");
  }
}
