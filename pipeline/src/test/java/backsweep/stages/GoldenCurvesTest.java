package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.evaluation.StepCounts;
import backsweep.pruning.PruningCurve;
import backsweep.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole defence against Keras' own answers, count for count. */
class GoldenCurvesTest {

  @TempDir private Path output;

  static Stream<Golden> experiments() {
    return Stream.of(
        Golden.LAB_FACES, Golden.LAB_IMPRESSIONS, Golden.BN_AFTER, Golden.SIGMOID_AFTER);
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyCountIsThatOfKeras(Golden golden) {
    DefendNetwork defend = golden.defend(output, 2);
    Defence defence = defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
    checkOrder(golden.table("order.csv"), defence);
    checkCurve(golden.table("curve.csv"), defence.curves());
    checkRepairs(golden.table("goodnet.csv"), defence);
    assertThat(defence.isComplete()).isTrue();
  }

  private static void checkOrder(List<Map<String, String>> expected, Defence defence) {
    for (Map<String, String> row : expected) {
      int channel = Integer.parseInt(row.get("channel"));
      double mean = Double.parseDouble(row.get("mean_activation"));
      assertThat(defence.order().channelAt(Integer.parseInt(row.get("rank")))).isEqualTo(channel);
      assertThat(defence.statistics().channel(channel).mean()).isCloseTo(mean, within(1e-5 * mean));
    }
  }

  private static void checkCurve(List<Map<String, String>> expected, List<PruningCurve> curves) {
    assertThat(curves).allSatisfy(curve -> assertThat(curve.steps()).hasSameSizeAs(expected));
    for (Map<String, String> row : expected) {
      int step = Integer.parseInt(row.get("step"));
      assertThat(curves.stream().map(curve -> curve.at(step).labelHits()))
          .as("step %d", step)
          .containsExactly(
              number(row, "valid_correct"),
              number(row, "test_correct"),
              number(row, "poisoned_target"));
    }
  }

  private static void checkRepairs(List<Map<String, String>> expected, Defence defence) {
    for (int place = 0; place < expected.size(); place++) {
      Map<String, String> row = expected.get(place);
      Repair repair = defence.repairs().get(place);
      if (row.get("channels_pruned").isEmpty()) {
        assertThat(repair.step()).isEmpty();
        continue;
      }
      assertThat(repair.step()).hasValue((int) number(row, "channels_pruned"));
      int step = repair.step().getAsInt();
      StepCounts test = defence.curves().get(1).at(step);
      StepCounts poisoned = defence.curves().get(2).at(step);
      assertThat(test.labelHits()).isEqualTo(number(row, "pruned_test_correct"));
      assertThat(poisoned.labelHits()).isEqualTo(number(row, "pruned_poisoned_target"));
      assertThat(test.agreedLabelHits()).isEqualTo(number(row, "goodnet_test_correct"));
      assertThat(poisoned.agreedLabelHits()).isEqualTo(number(row, "goodnet_poisoned_target"));
      assertThat(test.flagged().hits()).isEqualTo(number(row, "test_flagged"));
      assertThat(poisoned.flagged().hits()).isEqualTo(number(row, "poisoned_flagged"));
    }
  }

  private static long number(Map<String, String> row, String column) {
    return Long.parseLong(row.get(column));
  }
}
