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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A MobileNetV2 of {@code keras.applications} with random weights goes through the whole of a
 * defence, pruned in its first convolution, so that every step runs nearly all of it, and in
 * batches smaller than a block. Its repaired copies, opened in Keras, and its detectors, opened in
 * TensorFlow, answer what the curve counted; skipped where the property {@code keras.python} is
 * unset.
 */
class DefendApplicationInKerasTest {

  private static final float SCALE = 255;
  private static final List<String> SETS = List.of("valid.h5", "test.h5", "poisoned.h5");
  private static final String LAYER = "Conv1";
  private static final int CHANNELS = 16;

  @TempDir private Path folder;

  @Test
  void repairedCopiesAnswerWhatTheCurveCounted() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    keras.run("make_attacked.py", List.of(folder.toString()));

    Defence defence = defend();

    assertThat(defence.isComplete()).isTrue();
    assertThat(defence.plan().point().convolution()).isEqualTo(LAYER);
    assertThat(defence.plan().batches(512).pairs()).isBetween(2, 255);
    assertCurves(defence.curves());
    assertThat(defence.repairs()).hasSize(3).extracting(Repair::step).doesNotHaveDuplicates();
    for (Repair repair : defence.repairs()) {
      assertThat(repair.verification().failure()).isEmpty();
      assertThat(repair.verification().images()).isEqualTo(220);
    }
    assertCounts(counted(keras, defence.repairs()).iterator(), defence);
  }

  private Defence defend() {
    DefenceRequest request =
        new DefenceRequest(
            new NetworkFile(
                path("network.keras"),
                Optional.empty(),
                SCALE,
                Optional.of(LAYER),
                Optional.empty()),
            new ImageFiles(
                path("valid.h5"),
                Optional.of(path("test.h5")),
                Map.of("corner", path("poisoned.h5"))),
            new Repairs(rules(), Extent.FULL),
            new Work(path("out"), 2, 512));
    DefendNetwork defend =
        new DefendNetwork(
            LocalSpark.session(), request, List.of(ActivationCriterion.MEAN_ACTIVATION));
    return defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
  }

  private static List<StoppingRule> rules() {
    return Stream.of(2, 40, 60)
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
          .hasSizeGreaterThan(5);
    }
  }

  private static void assertCounts(Iterator<long[]> counted, Defence defence) {
    for (Repair repair : defence.repairs()) {
      for (PruningCurve curve : defence.curves()) {
        assertCounts(counted.next(), curve.at(repair.step().getAsInt()), curve.imageSet().name());
      }
    }
    assertThat(counted).isExhausted();
  }

  private static void assertCounts(long[] inKeras, StepCounts ours, String set) {
    long ties = inKeras[6];
    assertThat(ties).as("near ties of %s", set).isLessThanOrEqualTo(3);
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
          .as("%s: %s, in Keras %s", set, text(found), text(inKeras))
          .isLessThanOrEqualTo(ties);
    }
  }

  /** What Keras counts, set by set after set of every repair. */
  private List<long[]> counted(RealKeras keras, List<Repair> repairs)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(Float.toString(SCALE), path("network.keras")));
    arguments.add(SETS.stream().map(this::path).collect(Collectors.joining(",")));
    for (Repair repair : repairs) {
      arguments.add(path("out/" + repair.file().orElseThrow().path()));
      arguments.add(path("out/" + repair.goodNet().orElseThrow().path()));
    }
    keras.run("count_repair.py", arguments);
    return counts(folder.resolve("count_repair.py.log"));
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
