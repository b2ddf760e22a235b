package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.evaluation.StepCounts;
import backsweep.images.ImageSet;
import backsweep.network.Activation;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Shape;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.AdversarialPruning;
import backsweep.pruning.Criterion;
import backsweep.pruning.GivenOrder;
import backsweep.pruning.RandomOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.StoppingRule.FirstBelow;
import backsweep.pruning.TaylorImportance;
import backsweep.pruning.Unpruned;
import backsweep.stages.DefenceRequest.FineTune;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.RepairedNetworkRow;
import backsweep.store.Tables.UnitRow;
import backsweep.tensorflow.Adam;
import backsweep.tensorflow.Pupil.Normalization;
import backsweep.testing.Golden;
import backsweep.testing.KerasTraining;
import backsweep.testing.LocalSpark;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import backsweep.testing.SparkEvents;
import backsweep.training.FineTuning;
import backsweep.training.Schedule;
import backsweep.writing.KerasWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole defences by criteria that take gradients, with fine-tuning. */
class FineTuneRepairsTest {

  private static final Set<String> COMPUTING =
      Set.of(
          "import", "statistics", "gradients", "curves", "repairs", "verification", "fine-tuning");
  private static final Shape IMAGE = Shape.of(24, 20, 3);
  private static final int LEARNED = 48;
  private static final AdversarialPruning ADVERSARIAL = new AdversarialPruning(0.4, 0.2, 5, 64, 1);
  private static final List<Criterion> CRITERIA =
      List.of(
          ActivationCriterion.MEAN_ACTIVATION,
          new TaylorImportance(),
          ADVERSARIAL,
          new Unpruned(),
          new RandomOrder(1));

  @TempDir private Path folder;
  private final Golden golden = Golden.BN_AFTER;
  private Path learned;

  @BeforeEach
  void makeImages() {
    learned = folder.resolve("learned.h5");
    int[] labels = IntStream.range(0, LEARNED).map(i -> i % 5).toArray();
    KerasTraining.writeImages(learned, Pixels.random(3, LEARNED, IMAGE), IMAGE, labels);
  }

  private static FineTuning how(double learningRate) {
    Schedule schedule = new Schedule(2, 16, new Adam(learningRate, learningRate > 1 ? 0 : 0.01));
    return new FineTuning(schedule, Normalization.INFERENCE, 1);
  }

  private DefenceRequest request(String output, FineTuning how) {
    DefenceRequest whole = golden.request(folder.resolve(output), 2);
    List<StoppingRule> rules =
        Stream.of(2, 10).map(BigDecimal::valueOf).<StoppingRule>map(FirstBelow::new).toList();
    FineTune tune = new FineTune(learned.toString(), how);
    return new DefenceRequest(
        whole.network(),
        whole.images(),
        new Repairs(rules, Extent.FIRST, Optional.of(tune)),
        whole.work());
  }

  private static DefenceRequest with(DefenceRequest request, ImageFiles images) {
    return new DefenceRequest(request.network(), images, request.repairs(), request.work());
  }

  /**
   * What a run found and what it did for it.
   *
   * @param stages those that compute
   * @param committed units that it committed, by their kind
   */
  private record Done(List<Defence> found, Set<String> stages, List<String> committed) {

    Defence by(String criterion) {
      return found.stream()
          .filter(defence -> defence.plan().criterion().label().equals(criterion))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Done defend(DefenceRequest request, List<Criterion> criteria) {
    Run run = Run.begin(Map.of());
    DefendNetwork defend = new DefendNetwork(LocalSpark.session(), request, criteria);
    List<Defence> found = defend.execute(defend.plan(), run).done();
    Set<String> stages = new TreeSet<>(defend.clock().times().keySet());
    stages.retainAll(COMPUTING);
    List<String> committed =
        rows(request, Tables.UNITS).stream()
            .filter(unit -> unit.started().toEpochMilli() == run.started().toEpochMilli())
            .map(UnitRow::kind)
            .sorted()
            .toList();
    return new Done(found, stages, committed);
  }

  private static <R extends Record> List<R> rows(DefenceRequest request, Table<R> table) {
    return new ResultStore(LocalSpark.session(), request.work().output()).committed(table);
  }

  @Test
  void areRecalledAndChangedAndAddedTo() throws IOException {
    DefenceRequest request = request("out", how(1e-3));
    Done first = defend(request, CRITERIA);

    assertThat(first.stages()).isEqualTo(COMPUTING);
    assertThat(first.found()).allMatch(Defence::isComplete);
    assertThat(first.by("none").fineTuned()).hasSize(1);
    assertThat(first.by("random-1").fineTuned()).isEmpty();
    for (String criterion : List.of("mean-activation", "taylor", "anp")) {
      assertThat(first.by(criterion).fineTuned()).as(criterion).hasSize(2);
    }
    assertTables(request, 3 * 2 + 1);

    Done second = defend(request, CRITERIA);
    assertThat(second.stages()).isEmpty();
    assertThat(second.committed()).isEmpty();
    assertFindsTheSame(second, first);

    Done changed = defend(request("out", how(2e-3)), CRITERIA);
    assertThat(changed.stages()).containsExactly("fine-tuning", "import");
    assertThat(changed.committed()).hasSize(7).containsOnly("fine_tuning");
    assertTables(request, 2 * 7);

    deleteFiles(folder.resolve("out/results/evaluations"));
    Done again = defend(request, CRITERIA);
    assertThat(again.stages()).contains("fine-tuning").doesNotContain("curves", "gradients");
    assertFindsTheSame(again, first);
  }

  private static void assertFindsTheSame(Done found, Done expected) {
    for (int i = 0; i < expected.found().size(); i++) {
      Defence one = found.found().get(i);
      Defence other = expected.found().get(i);
      assertThat(one.order()).isEqualTo(other.order());
      assertThat(one.curves()).isEqualTo(other.curves());
      assertThat(one.repairs()).isEqualTo(other.repairs());
      assertThat(one.fineTuned().stream().map(FineTuned::counts))
          .isEqualTo(other.fineTuned().stream().map(FineTuned::counts).toList());
    }
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void assertTables(DefenceRequest request, int tuned) {
    List<RepairedNetworkRow> repaired =
        rows(request, Tables.REPAIRED_NETWORKS).stream()
            .filter(RepairedNetworkRow::fineTuned)
            .toList();
    assertThat(repaired)
        .hasSize(tuned)
        .allSatisfy(row -> assertThat(row.file()).contains("-fine-tuned"))
        .allSatisfy(row -> assertThat(row.goodnet()).contains("-fine-tuned"))
        .allSatisfy(row -> assertThat(row.reason()).isNull());
    List<EvaluationRow> evaluated =
        rows(request, Tables.EVALUATIONS).stream().filter(EvaluationRow::fineTuned).toList();
    assertThat(evaluated).hasSize(2 * tuned);
    assertThat(evaluated).extracting(EvaluationRow::subject).containsOnly("repaired", "goodnet");
    assertThat(evaluated).allSatisfy(row -> assertThat(row.cleanAccuracy()).isNotNull());
    assertThat(evaluated).allSatisfy(row -> assertThat(row.attackSuccessRate()).isNotNull());
    assertThat(rows(request, Tables.FINE_TUNED_COUNTS)).hasSize(3 * tuned);
  }

  @Test
  void giveTogetherWhatEachGivesAlone() {
    Done together = defend(request("together", how(1e-3)), CRITERIA);
    for (Criterion criterion : List.of(new TaylorImportance(), ADVERSARIAL, new Unpruned())) {
      Done alone = defend(request(criterion.label(), how(1e-3)), List.of(criterion));
      Done same = new Done(List.of(together.by(criterion.label())), Set.of(), List.of());
      assertThat(alone.found().get(0).order()).isEqualTo(same.found().get(0).order());
      assertThat(alone.found().get(0).curves()).isEqualTo(same.found().get(0).curves());
      assertThat(alone.found().get(0).fineTuned().stream().map(FineTuned::counts))
          .isNotEmpty()
          .isEqualTo(same.found().get(0).fineTuned().stream().map(FineTuned::counts).toList());
    }
  }

  @Test
  void learnOnceForTwoCriteriaThatKeepTheSameChannels() {
    Criterion mean = ActivationCriterion.MEAN_ACTIVATION;
    Done alone = defend(request("alone", how(1e-3)), List.of(mean));
    Defence expected = alone.by(mean.label());
    long masks =
        expected.repairs().stream().map(repair -> repair.step().getAsInt()).distinct().count();
    Criterion same = GivenOrder.of(expected.order().pruned());

    List<Done> done = new ArrayList<>();
    List<Optional<String>> jobs =
        SparkEvents.descriptions(
            () -> done.add(defend(request("both", how(1e-3)), List.of(mean, same))));

    assertThat(jobs.stream().flatMap(Optional::stream))
        .filteredOn(job -> job.contains("fine-tuning of "))
        .containsExactly(
            "%s: fine-tuning of %d networks".formatted(expected.plan().subject().name(), masks));
    for (Criterion criterion : List.of(mean, same)) {
      assertThat(done.get(0).by(criterion.label()).fineTuned().stream().map(FineTuned::counts))
          .hasSize(2)
          .isEqualTo(expected.fineTuned().stream().map(FineTuned::counts).toList());
    }
    assertThat(
            done.get(0).found().stream()
                .flatMap(defence -> defence.fineTuned().stream())
                .map(tuned -> tuned.repair().file().orElseThrow().path()))
        .doesNotHaveDuplicates();
  }

  @Test
  void needNeitherTestNorPoisonedImages() {
    DefenceRequest all = request("out", how(1e-3));
    DefenceRequest few =
        with(all, new ImageFiles(all.images().cleanValidation(), Optional.empty(), Map.of()));

    Done done = defend(few, List.of(ActivationCriterion.MEAN_ACTIVATION, new Unpruned()));

    assertThat(done.found()).allMatch(Defence::isComplete);
    assertThat(rows(few, Tables.FINE_TUNED_COUNTS))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.imageSet()).isEqualTo(ImageSet.CLEAN_VALIDATION));
    assertThat(rows(few, Tables.EVALUATIONS).stream().filter(EvaluationRow::fineTuned))
        .hasSize(2 * 3)
        .allSatisfy(row -> assertThat(row.cleanAccuracy()).isNull());
    assertThat(defend(few, List.of(ActivationCriterion.MEAN_ACTIVATION)).stages()).isEmpty();
  }

  @Test
  void failWithAReasonWhereTheyDiverge() {
    DefenceRequest request = request("out", how(1e20));

    Done done = defend(request, List.of(ActivationCriterion.MEAN_ACTIVATION));

    assertThat(done.found().get(0).isComplete()).isFalse();
    assertThat(rows(request, Tables.UNITS))
        .filteredOn(unit -> unit.kind().equals("fine_tuning"))
        .hasSize(2)
        .allSatisfy(unit -> assertThat(unit.status()).isEqualTo("failed"))
        .allSatisfy(unit -> assertThat(unit.reason()).contains("training diverged: "));
    assertThat(rows(request, Tables.UNITS))
        .filteredOn(unit -> unit.kind().equals("repair"))
        .hasSize(2)
        .allSatisfy(unit -> assertThat(unit.status()).isEqualTo("done"));
    assertThat(rows(request, Tables.FINE_TUNED_COUNTS)).isEmpty();
  }

  @Test
  void refuseNetworksWithoutGradientsByTheCriterionsName() throws IOException {
    Path model = folder.resolve("no-softmax.h5");
    KerasWriter.write(
        new NetworkSketch(1, 9, 8, 4)
            .convolution("conv", 4)
            .activation("active", Activation.Relu.PLAIN)
            .then("flatten", new Flatten())
            .then("scores", new Dense(4, true))
            .network(),
        model);
    Path images = folder.resolve("images.h5");
    KerasTraining.writeImages(
        images, Pixels.random(1, 4, Shape.of(9, 8, 4)), Shape.of(9, 8, 4), 0, 1, 2, 3);
    DefenceRequest request =
        new DefenceRequest(
            new NetworkFile(
                model.toString(), Optional.empty(), 255, Optional.empty(), Optional.empty()),
            new ImageFiles(images.toString(), Optional.empty(), Map.of()),
            new Repairs(List.of(), Extent.FIRST),
            new Work(folder.resolve("out").toString(), 2, 512));

    for (Criterion criterion : List.of(new TaylorImportance(), ADVERSARIAL)) {
      assertThatThrownBy(
              () -> new DefendNetwork(LocalSpark.session(), request, List.of(criterion)).plan())
          .isInstanceOf(UnsupportedNetworkException.class)
          .hasMessageContaining("criterion " + criterion.label() + ": gradients ");
    }
  }

  @Test
  void answerInKerasAsTheTablesSay() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    DefenceRequest request = request("out", how(1e-3));
    Done done = defend(request, List.of(ActivationCriterion.MEAN_ACTIVATION, new Unpruned()));

    List<ImageSet> sets = done.found().get(0).plan().sets();
    for (Defence defence : done.found()) {
      for (FineTuned tuned : defence.fineTuned()) {
        List<long[]> counted = inKeras(keras, request, tuned.repair());
        for (int set = 0; set < sets.size(); set++) {
          assertCounts(tuned.counts().get(sets.get(set)), counted.get(set));
        }
      }
    }
  }

  private List<long[]> inKeras(RealKeras keras, DefenceRequest request, Repair repair)
      throws IOException, InterruptedException {
    String output = request.work().output() + "/";
    List<String> arguments = new ArrayList<>(List.of("255", request.network().path()));
    arguments.add(
        Stream.of("valid", "test", "poisoned")
            .map(set -> golden.images(set).toString())
            .collect(Collectors.joining(",")));
    arguments.add(output + repair.file().orElseThrow().path());
    arguments.add(output + repair.goodNet().orElseThrow().path());
    keras.run("count_repair.py", arguments);
    return Files.readAllLines(folder.resolve("count_repair.py.log")).stream()
        .filter(line -> line.matches("\\d+(,\\d+){6}"))
        .map(line -> Stream.of(line.split(",", -1)).mapToLong(Long::parseLong).toArray())
        .toList();
  }

  /** The detector's hits are answers that both agree on; what it flags, those they do not. */
  private static void assertCounts(StepCounts ours, long[] inKeras) {
    long[] found = {
      ours.images(),
      ours.labelHits(),
      ours.agreements(),
      ours.agreedLabelHits(),
      ours.agreedLabelHits(),
      ours.images() - ours.agreements(),
    };
    long ties = inKeras[6];
    assertThat(ties).isLessThanOrEqualTo(5);
    for (int place = 0; place < found.length; place++) {
      assertThat(Math.abs(found[place] - inKeras[place])).isLessThanOrEqualTo(ties);
    }
  }
}
