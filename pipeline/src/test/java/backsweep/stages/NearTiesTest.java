package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.evaluation.StepCounts;
import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.Golden;
import backsweep.testing.HdfValues;
import backsweep.testing.Pixels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network of which many images have two classes that are all but equally probable when much is
 * pruned: there the order of additions decides. Counts may differ from Keras' by so many images.
 */
class NearTiesTest {

  private static final double TIE = 1e-4;

  @TempDir private Path output;

  @Test
  void countsDifferFromKerasByNoMoreThanTheNearTies() {
    Golden golden = Golden.SUNGLASSES_FACES;
    DefendNetwork defend = golden.defend(output, 2);
    Defence defence = defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);

    for (Map<String, String> row : golden.table("order.csv")) {
      assertThat(defence.order().channelAt((int) number(row, "rank")))
          .isEqualTo((int) number(row, "channel"));
    }
    for (Map<String, String> row : golden.table("curve.csv")) {
      int step = (int) number(row, "step");
      List<String> columns = List.of("valid_correct", "test_correct", "poisoned_target");
      for (int set = 0; set < columns.size(); set++) {
        long hits = defence.curves().get(set).at(step).labelHits();
        check(defence, set, step, new Cell(columns.get(set), hits, number(row, columns.get(set))));
      }
    }
    List<Map<String, String>> goodNets = golden.table("goodnet.csv");
    for (int place = 0; place < goodNets.size(); place++) {
      checkGoodNet(defence, defence.repairs().get(place), goodNets.get(place));
    }
    assertThat(defence.isComplete()).isTrue();
    assertThat(nearTies(defence, 1, 0)).isZero();
    assertThat(nearTies(defence, 1, defence.order().lastStep())).isEqualTo(289);
  }

  private static void checkGoodNet(Defence defence, Repair repair, Map<String, String> row) {
    int step = (int) number(row, "channels_pruned");
    StepCounts test = defence.curves().get(1).at(step);
    StepCounts poisoned = defence.curves().get(2).at(step);
    assertThat(repair.step()).hasValue(step);
    List<Cell> ofTest =
        List.of(
            cell(row, "pruned_test_correct", test.labelHits()),
            cell(row, "goodnet_test_correct", test.agreedLabelHits()),
            cell(row, "test_flagged", test.flagged().hits()));
    List<Cell> ofPoisoned =
        List.of(
            cell(row, "pruned_poisoned_target", poisoned.labelHits()),
            cell(row, "goodnet_poisoned_target", poisoned.agreedLabelHits()),
            cell(row, "poisoned_flagged", poisoned.flagged().hits()));
    ofTest.forEach(cell -> check(defence, 1, step, cell));
    ofPoisoned.forEach(cell -> check(defence, 2, step, cell));
  }

  private record Cell(String column, long found, long expected) {}

  private static Cell cell(Map<String, String> row, String column, long found) {
    return new Cell(column, found, number(row, column));
  }

  private static void check(Defence defence, int set, int step, Cell cell) {
    long difference = Math.abs(cell.found() - cell.expected());
    if (difference > 0) {
      assertThat(difference)
          .as("%s at step %d: %s", cell.column(), step, cell)
          .isLessThanOrEqualTo(nearTies(defence, set, step));
    }
  }

  /** Images of a set whose two best classes are closer than a tie after a step. */
  private static long nearTies(Defence defence, int set, int step) {
    DefencePlan plan = defence.plan();
    NetworkModels models = plan.subject().models();
    Pixels pixels =
        HdfValues.read(Path.of(plan.sources().get(set).path()), "data")
            .toPixelsFromChannelsFirst(plan.sources().get(set).set().images());
    try (WholePredictor whole =
        new WholePredictor(
            models.whole(plan.point(), defence.order().maskAt(step)), new Threads(2, 1))) {
      return Arrays.stream(whole.probabilities(pixels)).filter(NearTiesTest::isNearTie).count();
    }
  }

  private static boolean isNearTie(float[] probabilities) {
    double[] sorted =
        IntStream.range(0, probabilities.length)
            .mapToDouble(i -> probabilities[i])
            .sorted()
            .toArray();
    return sorted[sorted.length - 1] - sorted[sorted.length - 2] < TIE;
  }

  private static long number(Map<String, String> row, String column) {
    return Math.round(Double.parseDouble(row.get(column)));
  }
}
