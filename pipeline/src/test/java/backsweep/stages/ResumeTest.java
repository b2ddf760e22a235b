package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.Criterion;
import backsweep.pruning.GivenOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.StoppingRule.FirstBelow;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.store.Tables.ActivationRow;
import backsweep.store.Tables.UnitRow;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second run computes what the first one did not commit, and nothing else. */
class ResumeTest {

  private static final Set<String> COMPUTING =
      Set.of("import", "statistics", "curves", "repairs", "verification", "activations");

  @TempDir private Path output;
  private DefenceRequest request;
  private Criterion criterion = ActivationCriterion.MEAN_ACTIVATION;
  private Defence first;

  @BeforeEach
  void defendOnce() {
    DefenceRequest golden = Golden.BN_AFTER.request(output, 2);
    request =
        new DefenceRequest(
            golden.network(),
            golden.images(),
            new Repairs(dropping(2, 4), Extent.FIRST),
            golden.work());
    first = defend().found();
  }

  /**
   * What a run found and what it did for it.
   *
   * @param stages those that compute
   * @param committed units that it committed, by their kind
   */
  private record Second(Defence found, Set<String> stages, List<String> committed) {}

  private Second defend() {
    Run run = Run.begin(Map.of());
    DefendNetwork defend = new DefendNetwork(LocalSpark.session(), request, List.of(criterion));
    Defence found = defend.execute(defend.plan(), run).done().get(0);
    Set<String> stages = new TreeSet<>(defend.clock().times().keySet());
    stages.retainAll(COMPUTING);
    List<String> committed =
        read(Tables.UNITS).stream()
            .filter(unit -> unit.started().toEpochMilli() == run.started().toEpochMilli())
            .map(UnitRow::kind)
            .sorted()
            .toList();
    return new Second(found, stages, committed);
  }

  @Test
  void ofTheSameComputesNothingAndFindsTheSame() throws IOException {
    List<Path> before = files();

    Second second = defend();

    assertThat(second.stages()).isEmpty();
    assertThat(second.committed()).isEmpty();
    assertFindsTheSame(second.found());
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void withAnotherDropRepairsForItOnly() {
    request = withRepairs(new Repairs(dropping(2, 10), Extent.FIRST));

    Second second = defend();

    assertThat(second.stages()).containsExactly("import", "repairs", "verification");
    assertThat(second.committed()).containsExactly("evaluation", "repair");
    assertThat(second.found().curves()).isEqualTo(first.curves());
    assertThat(second.found().repairs().get(0)).isEqualTo(first.repairs().get(0));
  }

  @Test
  void withTheSameImagesInAnotherRoleTracesTheirCurveOnly() {
    ImageFiles images = request.images();
    Map<String, String> poisoned = new LinkedHashMap<>(images.poisoned());
    poisoned.put("more", images.cleanTest().orElseThrow());
    request =
        with(
            request.network(),
            new ImageFiles(images.cleanValidation(), images.cleanTest(), poisoned));

    Second second = defend();

    assertThat(second.stages()).containsExactly("activations", "curves", "import");
    assertThat(second.committed())
        .containsExactly("activations", "curve", "detector", "evaluation", "evaluation");
    assertThat(second.found().curves().subList(0, 3)).isEqualTo(first.curves());
    assertThat(second.found().repairs()).isEqualTo(first.repairs());
  }

  @Test
  void withNewImagesVerifiesRepairsOnThemToo() {
    ImageFiles images = request.images();
    Work elsewhere = new Work(output.resolve("other").toString(), 2, 512);
    request =
        new DefenceRequest(
            request.network(),
            new ImageFiles(images.cleanValidation(), Optional.empty(), images.poisoned()),
            request.repairs(),
            elsewhere);
    List<Repair> before = defend().found().repairs();
    request = with(request.network(), images);

    Second second = defend();

    assertThat(second.stages()).containsExactly("curves", "import", "repairs", "verification");
    assertThat(second.committed())
        .containsExactly("curve", "detector", "evaluation", "evaluation", "repair", "repair");
    for (int i = 0; i < before.size(); i++) {
      Repair repair = second.found().repairs().get(i);
      assertThat(repair.file()).isEqualTo(before.get(i).file());
      assertThat(repair.verification().images())
          .isEqualTo(before.get(i).verification().images() + 200);
    }
  }

  @Test
  void withoutTheCleanTestSetMeasuresAnewAndComputesNothing() {
    ImageFiles images = request.images();
    request =
        with(
            request.network(),
            new ImageFiles(images.cleanValidation(), Optional.empty(), images.poisoned()));

    Second second = defend();

    assertThat(second.stages()).isEmpty();
    assertThat(second.committed()).containsExactly("evaluation", "evaluation");
  }

  @Test
  void withAnotherOrderKeepsTheStatistics() {
    criterion = GivenOrder.of(List.of(3, 1, 2));

    Second second = defend();

    assertThat(second.stages()).containsExactly("curves", "import", "repairs", "verification");
    assertThat(second.committed()).contains("curve", "repair").doesNotContain("statistics");
    assertThat(second.found().statistics()).isEqualTo(first.statistics());
  }

  @Test
  void withAnotherScaleComputesAll() {
    NetworkFile file = request.network();
    request =
        with(
            new NetworkFile(
                file.path(), file.architecture(), 128, file.layer(), file.statisticsLayer()),
            request.images());

    Second second = defend();

    assertThat(second.stages()).isEqualTo(COMPUTING);
    assertThat(second.committed()).hasSize(1 + 3 + 2 + 2 + 1 + 2);
  }

  @Test
  void afterAFileWentRepairsAgain() throws IOException {
    Path repaired = output.resolve(first.repairs().get(0).file().orElseThrow().path());
    Files.delete(repaired);

    Second second = defend();

    assertThat(second.stages()).containsExactly("import", "repairs", "verification");
    assertThat(second.committed()).containsExactly("repair");
    assertThat(repaired).exists();
    assertFindsTheSame(second.found());
    assertThat(read(Tables.REPAIRED_NETWORKS)).hasSize(2);
  }

  @Test
  void onAllImagesVerifiesRepairsThatWereComparedOnFirstBlocks() {
    request = withRepairs(new Repairs(dropping(2, 4), Extent.FULL));

    assertThat(defend().stages()).contains("verification");
    assertThat(defend().stages()).isEmpty();
    assertThat(read(Tables.REPAIRED_NETWORKS))
        .allSatisfy(row -> assertThat(row.verifiedImages()).isEqualTo(300 + 200 + 100));
  }

  @Test
  void afterRowsWereLostComputesThemAgain() throws IOException {
    deleteFiles(output.resolve("results/pruning_curve"));

    Second second = defend();

    assertThat(second.stages()).contains("curves").doesNotContain("statistics");
    assertFindsTheSame(second.found());
    assertThat(read(Tables.PRUNING_CURVE)).hasSize(3 * (first.order().lastStep() + 1));
    assertThat(defend().stages()).isEmpty();
  }

  @Test
  void afterEvaluationsWereLostMeasuresAnew() throws IOException {
    deleteFiles(output.resolve("results/evaluations"));

    Second second = defend();

    assertThat(second.stages()).isEmpty();
    assertThat(second.committed()).containsExactly("evaluation", "evaluation");
    assertThat(read(Tables.EVALUATIONS)).hasSize(2 * 3);
  }

  @Test
  void afterDetectorsWereLostMeasuresAnew() throws IOException {
    deleteFiles(output.resolve("results/detectors"));

    Second second = defend();

    assertThat(second.stages()).isEmpty();
    assertThat(second.committed()).containsExactly("detector");
    assertThat(read(Tables.DETECTORS)).hasSize(1);
  }

  @Test
  void afterActivationsWereLostMeasuresThemAgain() throws IOException {
    List<ActivationRow> before = read(Tables.ACTIVATIONS);
    deleteFiles(output.resolve("results/activations"));

    Second second = defend();

    assertThat(second.stages()).containsExactly("activations", "import");
    assertThat(second.committed()).containsExactly("activations", "activations");
    assertThat(read(Tables.ACTIVATIONS))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("attempt")
        .containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void withoutPoisonedImagesLooksForNoTrigger() {
    ImageFiles images = request.images();
    request =
        new DefenceRequest(
            request.network(),
            new ImageFiles(images.cleanValidation(), images.cleanTest(), Map.of()),
            request.repairs(),
            new Work(output.resolve("other").toString(), 2, 512));

    Second only = defend();

    assertThat(only.stages()).contains("curves").doesNotContain("activations");
    assertThat(only.committed()).doesNotContain("activations");
  }

  @Test
  void afterUnitsWereLostCountsNothingTwice() throws IOException {
    deleteFiles(output.resolve("results/units"));

    Second second = defend();

    assertThat(second.stages()).contains("statistics", "curves", "repairs", "activations");
    assertThat(read(Tables.ACTIVATIONS)).hasSize(2 * first.statistics().channels().size());
    assertFindsTheSame(second.found());
    assertThat(read(Tables.PRUNING_CURVE)).hasSize(3 * (first.order().lastStep() + 1));
  }

  private void assertFindsTheSame(Defence found) {
    assertThat(found.statistics()).isEqualTo(first.statistics());
    assertThat(found.order()).isEqualTo(first.order());
    assertThat(found.curves()).isEqualTo(first.curves());
    assertThat(found.repairs()).isEqualTo(first.repairs());
  }

  private static List<StoppingRule> dropping(int... percents) {
    List<StoppingRule> rules = new ArrayList<>();
    for (int percent : percents) {
      rules.add(new FirstBelow(BigDecimal.valueOf(percent)));
    }
    return rules;
  }

  private DefenceRequest withRepairs(Repairs repairs) {
    return new DefenceRequest(request.network(), request.images(), repairs, request.work());
  }

  private DefenceRequest with(NetworkFile network, ImageFiles images) {
    return new DefenceRequest(network, images, request.repairs(), request.work());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(output)) {
      return all.sorted().toList();
    }
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private <R extends Record> List<R> read(Table<R> table) {
    return new ResultStore(LocalSpark.session(), request.work().output()).committed(table);
  }
}
