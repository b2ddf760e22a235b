package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.evaluation.StepCounts;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import backsweep.images.Hdf5ImageWriter;
import backsweep.images.Hdf5Images;
import backsweep.images.PatternTrigger;
import backsweep.images.PatternTrigger.Form;
import backsweep.images.Place.At;
import backsweep.images.PoisonedImages;
import backsweep.images.Poisoning;
import backsweep.images.Target.OneClass;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.PruningCurve;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What true labels tell is kept in the tables and found again. */
class TrueLabelTablesTest {

  private static final String KNOWN = "square";

  @TempDir private Path output;
  private DefenceRequest request;
  private Defence first;

  @BeforeEach
  void defendOnce() {
    DefenceRequest golden = Golden.BN_AFTER.request(output.resolve("out"), 2);
    ImageFiles images = golden.images();
    String unknown = images.poisoned().values().iterator().next();
    request =
        new DefenceRequest(
            golden.network(),
            new ImageFiles(
                images.cleanValidation(),
                images.cleanTest(),
                Map.of(KNOWN, poisoned(images.cleanTest().orElseThrow()), "unknown", unknown)),
            golden.repairs(),
            golden.work());
    first = defend().found();
  }

  private String poisoned(String clean) {
    Path file = output.resolve("square.h5");
    Poisoning poisoning =
        new Poisoning(
            new PatternTrigger(Form.SQUARE, 4, new At(0, 0), List.of(255)), new OneClass(0), true);
    try (Hdf5Images images = Hdf5Images.open(Path.of(clean))) {
      PoisonedImages made = poisoning.of(images);
      Hdf5ImageWriter.write(file, made.shape(), made.blocks());
    }
    return file.toString();
  }

  private record Done(Defence found, Set<String> stages) {}

  private Done defend() {
    DefendNetwork defend =
        new DefendNetwork(
            LocalSpark.session(), request, List.of(ActivationCriterion.MEAN_ACTIVATION));
    Defence found = defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
    return new Done(found, defend.clock().times().keySet());
  }

  private <R extends Record> List<R> read(Table<R> table) {
    return new ResultStore(LocalSpark.session(), output.resolve("out").toString()).committed(table);
  }

  @Test
  void curvesHaveCountsOfTheSetWhoseTrueLabelsAreKnown() {
    List<PruningCurveRow> rows = read(Tables.PRUNING_CURVE);

    assertThat(rows).extracting(PruningCurveRow::imageSet).contains(KNOWN, "unknown");
    for (PruningCurveRow row : rows) {
      if (!row.imageSet().equals(KNOWN)) {
        assertThat(row.trueLabelHits()).isNull();
        assertThat(row.imagesNotTarget()).isNull();
        assertThat(row.targetHitsNotTarget()).isNull();
      } else {
        assertThat(
                new TrueLabelCounts(
                    row.trueLabelHits(), row.imagesNotTarget(), row.targetHitsNotTarget()))
            .isEqualTo(known().at(row.step()));
        assertThat(row.imagesNotTarget()).isBetween(1L, row.images() - 1);
      }
    }
  }

  private static PruningCurve known(Defence defence) {
    return defence.poisoned().stream()
        .filter(curve -> curve.imageSet().name().equals(KNOWN))
        .findFirst()
        .orElseThrow();
  }

  private record Known(List<TrueLabelCounts> counts) {
    TrueLabelCounts at(int step) {
      return counts.get(step);
    }
  }

  private Known known() {
    return new Known(
        known(first).steps().stream()
            .map(StepCounts::trueLabels)
            .map(Optional::orElseThrow)
            .toList());
  }

  @Test
  void evaluationsHaveRobustAccuracyAndTheLiteraturesAttackSuccess() {
    for (EvaluationRow row : read(Tables.EVALUATIONS)) {
      boolean isNetwork = !row.subject().equals("goodnet");
      if (row.imageSet().equals(KNOWN) && isNetwork && row.step() != null) {
        TrueLabelCounts counts = known().at(row.subject().equals("original") ? 0 : row.step());
        double images = known(first).original().images();
        double attack = (double) counts.targetHitsNotTarget() / counts.imagesNotTarget();
        assertThat(row.robustAccuracy()).isCloseTo(counts.trueLabelHits() / images, within(1e-12));
        assertThat(row.attackSuccessRateNotTarget()).isCloseTo(attack, within(1e-12));
        assertThat(attack)
            .isBetween(row.attackSuccessRateNotTargetLow(), row.attackSuccessRateNotTargetHigh());
      } else if (row.imageSet().equals("unknown") || !isNetwork) {
        assertThat(row.robustAccuracy()).isNull();
        assertThat(row.attackSuccessRateNotTarget()).isNull();
      }
    }
  }

  @Test
  void aSecondRunRecallsThem() {
    Done second = defend();

    assertThat(second.stages()).doesNotContain("import", "curves", "repairs", "verification");
    assertThat(second.found().curves()).isEqualTo(first.curves());
    assertThat(known(second.found()).original().trueLabels()).isPresent();
  }
}
