package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.evaluation.Entropies;
import backsweep.evaluation.EntropyEvaluation;
import backsweep.images.ImageSet;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.Criterion;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EntropyRow;
import backsweep.store.Tables.UnitRow;
import backsweep.testing.Fixtures;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.RealKeras;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STRIP on a small network of the fixtures. */
class StripRunTest {

  private static final Strip STRIP = new Strip(16, 0.4f, 60, 3);

  @TempDir private Path output;

  private DefendNetwork network(Strip how, int partitions, Criterion... criteria) {
    DefenceRequest golden = Golden.BN_AFTER.request(output, partitions);
    DefenceRequest request =
        new DefenceRequest(
            golden.network(),
            golden.images(),
            new DefenceRequest.Repairs(List.of(), VerifyRepairs.Extent.FIRST),
            golden.work(),
            Optional.of(how));
    return new DefendNetwork(LocalSpark.session(), request, List.of(criteria));
  }

  private List<Defence> defend(Strip how, Criterion... criteria) {
    DefendNetwork network = network(how, 2, criteria);
    return network.execute(network.plan(), Run.begin(Map.of())).done();
  }

  private <R extends Record> List<R> read(Table<R> table) {
    return new ResultStore(LocalSpark.session(), output.toString()).committed(table);
  }

  private Entropies entropies(String set) {
    return new Entropies(
        read(Tables.ENTROPIES).stream()
            .filter(row -> row.imageSet().equals(set))
            .map(EntropyRow::entropy)
            .toList());
  }

  private List<DetectorRow> detectors() {
    return read(Tables.DETECTORS).stream()
        .filter(row -> row.detector().equals(Strip.LABEL))
        .toList();
  }

  @Test
  void whatIsFoundIsWhatTheTablesSayForEveryCriterion() {
    List<Defence> defences =
        defend(STRIP, ActivationCriterion.MEAN_ACTIVATION, ActivationCriterion.MAX_ACTIVATION);

    DetectorRow row = detectors().get(0);
    EntropyEvaluation found = defences.get(0).strip(defences.get(0).poisoned().get(0)).get();
    assertThat(defences.get(1).strip()).isEqualTo(defences.get(0).strip()).hasSize(1);
    assertThat(found)
        .isEqualTo(
            EntropyEvaluation.of(
                entropies("clean-validation"), entropies("clean-test"), entropies("poisoned")));
    assertThat(detectors()).hasSize(1);
    assertThat(row.imageSet()).isEqualTo("poisoned");
    assertThat(row.criterion()).isNull();
    assertThat(row.step()).isNull();
    assertThat(row.auroc()).isEqualTo(found.auroc());
    assertThat(row.threshold()).isEqualTo(found.threshold()).isPositive();
    assertThat(row.acceptedFalsePositiveRate()).isEqualTo(0.05);
    assertThat(row.validationFalsePositiveRate()).isEqualTo(3 / 60.0);
    assertThat(row.falsePositiveRate()).isEqualTo(found.falsePositives().fraction());
    assertThat(row.truePositiveRate()).isEqualTo(found.truePositives().fraction());
    assertThat(read(Tables.DETECTORS))
        .filteredOn(other -> other.detector().equals("first-disagreement"))
        .hasSize(2)
        .allSatisfy(other -> assertThat(other.threshold()).isNull());
  }

  private long started(Run run) {
    return read(Tables.UNITS).stream()
        .filter(unit -> unit.started().toEpochMilli() == run.started().toEpochMilli())
        .count();
  }

  @Test
  void aSecondRunMeasuresOnlyWhatIsNew() {
    Map<ImageSet, EntropyEvaluation> first =
        defend(STRIP, ActivationCriterion.MEAN_ACTIVATION).get(0).strip();

    DefendNetwork again = network(STRIP, 3, ActivationCriterion.MEAN_ACTIVATION);
    Run run = Run.begin(Map.of());
    assertThat(again.execute(again.plan(), run).done().get(0).strip()).isEqualTo(first);
    assertThat(again.clock().times().keySet()).doesNotContain("import", Strip.LABEL, "curves");
    assertThat(started(run)).isZero();

    Strip other = new Strip(16, 0.5f, 60, 3);
    DefendNetwork changed = network(other, 2, ActivationCriterion.MEAN_ACTIVATION);
    Run second = Run.begin(Map.of());
    assertThat(changed.execute(changed.plan(), second).done().get(0).strip()).isNotEqualTo(first);
    assertThat(changed.clock().times().keySet())
        .contains("import", Strip.LABEL)
        .doesNotContain("curves", "statistics");
    assertThat(read(Tables.UNITS))
        .filteredOn(unit -> unit.started().toEpochMilli() == second.started().toEpochMilli())
        .extracting(UnitRow::kind)
        .containsExactlyInAnyOrder("entropies", "entropies", "entropies", "detector");
  }

  @Test
  void everySettingIsAnotherUnit() {
    DefencePlan plan = network(STRIP, 2, ActivationCriterion.MEAN_ACTIVATION).plan().get(0);
    DefencePlan other = network(STRIP, 1, ActivationCriterion.APOZ).plan().get(0);
    List<Strip> settings =
        List.of(
            STRIP,
            new Strip(17, 0.4f, 60, 3),
            new Strip(16, 0.3f, 60, 3),
            new Strip(16, 0.4f, 61, 3),
            new Strip(16, 0.4f, 60, 4));

    List<String> ids = new ArrayList<>();
    settings.forEach(how -> new StripUnits(plan, how).all().forEach(unit -> ids.add(unit.id())));

    assertThat(ids).hasSize(5 * 4).doesNotHaveDuplicates();
    assertThat(new StripUnits(other, STRIP).all().toList())
        .isEqualTo(new StripUnits(plan, STRIP).all().toList());
  }

  /** The entropies of the sets of a plan, clean validation first. */
  private List<SortedMap<Integer, Double>> measure(int partitions, int blendsPerBatch) {
    DefencePlan plan = network(STRIP, partitions, ActivationCriterion.APOZ).plan().get(0);
    ImageStore store = new ImageStore(LocalSpark.session(), output.toString(), partitions);
    List<ImportedImages> images =
        new ImportImages(LocalSpark.session(), store).execute(plan.sources());
    Map<ImageSet, SortedMap<Integer, Double>> measured =
        new MeasureEntropies(LocalSpark.session(), store)
            .execute(
                STRIP,
                List.of(
                    new MeasureEntropies.Wanted(
                        plan.subject().models().whole(), blendsPerBatch, images.get(0), images)))
            .get(0);
    return plan.sets().stream().map(measured::get).toList();
  }

  @Test
  void partitionsHaveNoSayAndBatchesNoneThatCounts() {
    List<SortedMap<Integer, Double>> expected = measure(1, 256);

    assertThat(measure(3, 256)).isEqualTo(expected);
    for (int blendsPerBatch : new int[] {1, 7}) {
      List<SortedMap<Integer, Double>> found = measure(2, blendsPerBatch);
      for (int set = 0; set < 3; set++) {
        assertThat(found.get(set).keySet()).isEqualTo(expected.get(set).keySet()).hasSize(60);
        SortedMap<Integer, Double> of = expected.get(set);
        found
            .get(set)
            .forEach((image, bits) -> assertThat(bits).isEqualTo(of.get(image), within(1e-6)));
      }
    }
  }

  @Test
  void entropiesAreThoseOfKerasAndNumPy() throws Exception {
    RealKeras keras = RealKeras.in(output);
    DefencePlan plan = network(STRIP, 2, ActivationCriterion.APOZ).plan().get(0);
    List<SortedMap<Integer, Double>> found = measure(2, 256);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Fixtures.path(Golden.BN_AFTER.network()).toString(),
                Float.toString(Golden.BN_AFTER.inputScale()),
                Float.toString(STRIP.alpha()),
                Fixtures.path(Golden.BN_AFTER.validation()).toString(),
                join(Arrays.stream(STRIP.drawnOverlays(plan.validation())).boxed())));
    for (ImageSource source : plan.sources()) {
      arguments.add(source.path());
      arguments.add(join(Arrays.stream(STRIP.measured(source.set(), plan.validation())).boxed()));
    }
    Path answers = output.resolve("entropies.txt");
    arguments.add(0, answers.toString());

    keras.run("blend_entropies.py", arguments);

    List<Double> expected = Files.readAllLines(answers).stream().map(Double::valueOf).toList();
    List<Double> all = found.stream().flatMap(set -> set.values().stream()).toList();
    assertThat(all).hasSize(180).hasSameSizeAs(expected);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).isEqualTo(expected.get(i), within(1e-4));
    }
    assertThat(all.stream().distinct().count()).isGreaterThan(100);
  }

  private static String join(Stream<Integer> numbers) {
    return numbers.map(String::valueOf).collect(Collectors.joining(","));
  }
}
