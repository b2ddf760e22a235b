package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.evaluation.StepCounts;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.StoppingRule;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.testing.LocalSpark;
import backsweep.testing.RealKeras;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A MobileNetV2 of {@code keras.applications} with random weights goes through the whole of a
 * defence, in batches smaller than a block. Its repaired copies, opened in Keras, and its
 * detectors, opened in TensorFlow, answer what the curve counted; skipped where the property {@code
 * keras.python} is unset.
 */
class DefendApplicationInKerasTest {

  private static final float SCALE = 255;
  private static final List<String> SETS = List.of("valid.h5", "test.h5", "poisoned.h5");
  private static final int CHANNELS = 1280;

  @TempDir private Path folder;

  @Test
  void repairedCopiesAnswerWhatTheCurveCounted() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    keras.run("make_attacked.py", List.of(folder.toString()));

    Defence defence = defend();

    assertThat(defence.isComplete()).isTrue();
    assertThat(defence.plan().point().convolution()).isEqualTo("Conv_1");
    assertThat(defence.plan().batches(512).prefix()).isBetween(2, 199);
    assertCurves(defence.curves());
    assertThat(defence.repairs()).hasSize(3);
    for (Repair repair : defence.repairs()) {
      assertThat(repair.verification().failure()).isEmpty();
      assertThat(repair.verification().images()).isEqualTo(440);
      assertCounts(keras, repair, defence.curves());
    }
  }

  private Defence defend() {
    DefenceRequest request =
        new DefenceRequest(
            new NetworkFile(
                path("network.keras"), Optional.empty(), SCALE, Optional.empty(), Optional.empty()),
            new ImageFiles(
                path("valid.h5"),
                Optional.of(path("test.h5")),
                Map.of("corner", path("poisoned.h5"))),
            new Repairs(rules(), Extent.FULL),
            new Work(path("out"), 2, 512));
    DefendNetwork defend =
        new DefendNetwork(
            LocalSpark.session(), request, List.of(ActivationCriterion.MEAN_ACTIVATION));
    return defend.execute(defend.plan(), Run.begin(Map.of())).get(0);
  }

  private static List<StoppingRule> rules() {
    return Stream.of(2, 10, 40)
        .map(BigDecimal::valueOf)
        .<StoppingRule>map(StoppingRule.FirstBelow::new)
        .toList();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Curves that stay where they are would show nothing. */
  private static void assertCurves(List<PruningCurve> curves) {
    assertThat(curves).hasSize(3);
    for (PruningCurve curve : curves) {
      assertThat(curve.steps()).hasSize(CHANNELS + 1);
      assertThat(curve.original().agreements()).isEqualTo(curve.imageSet().images());
      assertThat(curve.steps().stream().map(StepCounts::agreements).distinct())
          .hasSizeGreaterThan(10);
    }
  }

  private void assertCounts(RealKeras keras, Repair repair, List<PruningCurve> curves)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(Float.toString(SCALE), path("network.keras")));
    arguments.add(path("out/" + repair.file().orElseThrow().path()));
    arguments.add(path("out/" + repair.goodNet().orElseThrow().path()));
    SETS.forEach(set -> arguments.add(path(set)));
    keras.run("count_repair.py", arguments);

    List<long[]> counted = counts(folder.resolve("count_repair.py.log"));
    assertThat(counted).hasSize(SETS.size());
    for (int set = 0; set < SETS.size(); set++) {
      long[] inKeras = counted.get(set);
      StepCounts ours = curves.get(set).at(repair.step().getAsInt());
      long ties = inKeras[6];
      assertThat(ties).as("near ties of %s", SETS.get(set)).isLessThanOrEqualTo(3);
      long[] found = {
        ours.images(),
        ours.labelHits(),
        ours.agreements(),
        ours.agreedLabelHits(),
        ours.agreedLabelHits(),
        ours.flagged().hits(),
      };
      for (int place = 0; place < found.length; place++) {
        assertThat(Math.abs(found[place] - inKeras[place]))
            .as("%s: %s, in Keras %s", SETS.get(set), text(found), text(inKeras))
            .isLessThanOrEqualTo(ties);
      }
    }
  }

  private static String text(long[] counts) {
    return Arrays.toString(counts);
  }

  /** What the script printed: seven numbers for every set, among what TensorFlow may say. */
  private static List<long[]> counts(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.matches("\\d+(,\\d+){6}"))
        .map(line -> Stream.of(line.split(",", -1)).mapToLong(Long::parseLong).toArray())
        .toList();
  }
}
