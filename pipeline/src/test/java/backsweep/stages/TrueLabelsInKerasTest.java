package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import backsweep.evaluation.StepCounts;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import backsweep.images.Hdf5ImageWriter;
import backsweep.images.Hdf5Images;
import backsweep.images.Picture;
import backsweep.images.PictureTrigger;
import backsweep.images.Place.At;
import backsweep.images.PoisonedImages;
import backsweep.images.Poisoning;
import backsweep.images.Target;
import backsweep.images.Target.AllToAll;
import backsweep.images.Target.OneClass;
import backsweep.pictures.PngFile;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.PruningCurve;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.testing.Fixtures;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.RealKeras;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts that need true labels, beside those of Keras itself on the same files; skipped where the
 * property {@code keras.python} is unset.
 */
class TrueLabelsInKerasTest {

  private static final String CLEAN = "data/faces_clean.h5";

  /** How many classes the lab's network has. */
  private static final int CLASSES = 1283;

  @TempDir private Path folder;

  @Test
  void everyCountIsThatOfKeras() throws Exception {
    String python = System.getProperty("keras.python", "");
    assumeFalse(python.isEmpty(), "needs -Dkeras.python=PYTHON, a Python that has Keras");
    Map<String, String> poisoned = new TreeMap<>();
    poisoned.put("all-to-all", poison(new AllToAll(), "all-to-all.h5"));
    poisoned.put("one-class", poison(new OneClass(0), "one-class.h5"));

    Map<String, List<String>> expected = inKeras(python, poisoned.values());

    List<PruningCurve> curves = defend(poisoned).curves();
    assertThat(curves).hasSize(3);
    for (PruningCurve curve : curves.subList(1, 3)) {
      String file = poisoned.get(curve.imageSet().name());
      assertThat(lines(file, curve)).containsExactlyElementsOf(expected.get(file)).hasSize(61);
    }
    checkTheyDiffer(curves);
  }

  /** Counts that are always the same, or always 0, would show nothing. */
  private static void checkTheyDiffer(List<PruningCurve> curves) {
    TrueLabelCounts attacked = curves.get(2).original().trueLabels().orElseThrow();
    TrueLabelCounts pruned = curves.get(2).at(52).trueLabels().orElseThrow();
    assertThat(curves.get(2).imageSet().name()).isEqualTo("one-class");
    assertThat(attacked).isEqualTo(new TrueLabelCounts(18, 271, 271));
    assertThat(pruned.targetHitsNotTarget()).isBetween(1L, 270L);
    assertThat(curves.get(2).steps().stream().map(TrueLabelsInKerasTest::trueLabelHits).distinct())
        .hasSizeGreaterThan(3);
    assertThat(curves.get(0).original().trueLabels()).isEmpty();
  }

  private static long trueLabelHits(StepCounts counts) {
    return counts.trueLabels().orElseThrow().trueLabelHits();
  }

  private String poison(Target target, String name) {
    Path made = folder.resolve(name);
    Picture sunglasses = PngFile.read(Fixtures.path("triggers/sunglasses.png"));
    Poisoning poisoning =
        new Poisoning(new PictureTrigger(sunglasses, new At(0, 15)), target, true);
    try (Hdf5Images clean = Hdf5Images.open(Fixtures.path(CLEAN))) {
      PoisonedImages images = poisoning.of(clean, CLASSES);
      Hdf5ImageWriter.write(made, images.shape(), images.blocks());
    }
    return made.toString();
  }

  private static Map<String, List<String>> inKeras(String python, Collection<String> files)
      throws IOException, InterruptedException {
    Stream<String> command =
        Stream.of(
            python,
            RealKeras.script("count_answers.py").toString(),
            Fixtures.path("models/deepid.json").toString(),
            Fixtures.path("models/lab3_bd_weights.h5").toString(),
            "conv_3",
            Fixtures.path("golden/" + Golden.LAB_FACES + "/order.csv").toString());
    List<String> all = Stream.concat(command, files.stream()).toList();
    Process keras = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(keras.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keras.waitFor()).as(output).isZero();
    return output.lines().collect(groupingBy(line -> line.split(",", -1)[0]));
  }

  private Defence defend(Map<String, String> poisoned) {
    DefenceRequest golden = Golden.LAB_FACES.request(folder.resolve("out"), 2);
    DefenceRequest request =
        new DefenceRequest(
            golden.network(),
            new ImageFiles(golden.images().cleanValidation(), Optional.empty(), poisoned),
            golden.repairs(),
            golden.work());
    DefendNetwork defend =
        new DefendNetwork(
            LocalSpark.session(), request, List.of(ActivationCriterion.MEAN_ACTIVATION));
    return defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
  }

  private static List<String> lines(String file, PruningCurve curve) {
    String[] lines = new String[curve.steps().size()];
    Arrays.setAll(lines, step -> file + "," + step + "," + line(curve.at(step)));
    return List.of(lines);
  }

  private static String line(StepCounts counts) {
    TrueLabelCounts known = counts.trueLabels().orElseThrow();
    return "%d,%d,%d,%d,%d"
        .formatted(
            counts.images(),
            counts.labelHits(),
            known.trueLabelHits(),
            known.imagesNotTarget(),
            known.targetHitsNotTarget());
  }
}
