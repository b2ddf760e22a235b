package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.Shape;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.AdversarialPruning;
import backsweep.pruning.Criterion;
import backsweep.pruning.StoppingRule.FirstBelow;
import backsweep.pruning.TaylorImportance;
import backsweep.pruning.Unpruned;
import backsweep.stages.DefenceRequest.FineTune;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.tensorflow.Adam;
import backsweep.tensorflow.Pupil.Normalization;
import backsweep.testing.Golden;
import backsweep.testing.KerasTraining;
import backsweep.testing.LocalSpark;
import backsweep.testing.Pixels;
import backsweep.testing.SparkEvents;
import backsweep.training.FineTuning;
import backsweep.training.Schedule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps with gradients, fine-tuning and STRIP: each is one job for all networks. */
class CompleteSweepTest {

  private static final List<Golden> GOLDEN = List.of(Golden.BN_AFTER, Golden.SIGMOID_AFTER);
  private static final List<Criterion> CRITERIA =
      List.of(
          ActivationCriterion.MEAN_ACTIVATION,
          new TaylorImportance(),
          new AdversarialPruning(0.4, 0.2, 5, 64, 1),
          new Unpruned());
  private static final Strip STRIP = new Strip(8, 0.4f, 40, 3);
  private static final Shape IMAGE = Shape.of(24, 20, 3);
  private static final int LEARNED = 48;

  /**
   * Each of them once for all networks. Pruning costs the second network too little for a repair:
   * it is fine-tuned as it is, the first one by every criterion.
   */
  private static final List<String> JOBS =
      List.of(
          "importance of channels",
          "mask of adversarial pruning",
          "fine-tuning of 5 networks",
          "answers of 5 networks",
          "entropy of answers");

  @TempDir private Path folder;
  private Path learned;

  @BeforeEach
  void makeImages() {
    learned = folder.resolve("learned.h5");
    int[] labels = IntStream.range(0, LEARNED).map(i -> i % 5).toArray();
    KerasTraining.writeImages(learned, Pixels.random(3, LEARNED, IMAGE), IMAGE, labels);
  }

  private DefenceRequest request(Golden golden, String output) {
    DefenceRequest whole = golden.request(folder.resolve(output), 2);
    FineTuning how =
        new FineTuning(new Schedule(2, 16, new Adam(0.001, 0.01)), Normalization.INFERENCE, 1);
    Repairs repairs =
        new Repairs(
            List.of(new FirstBelow(BigDecimal.TEN)),
            Extent.FIRST,
            Optional.of(new FineTune(learned.toString(), how)));
    return new DefenceRequest(
        whole.network(), whole.images(), repairs, whole.work(), Optional.of(STRIP));
  }

  private List<List<Defence>> sweep() {
    List<List<Defence>> told = new ArrayList<>();
    SweepWatch watch =
        new SweepWatch() {
          @Override
          public void defended(DefenceRequest network, Defences defences) {
            assertThat(defences.failed()).isEmpty();
            told.add(defences.done());
          }

          @Override
          public void failed(DefenceRequest network, Failure failure) {
            throw new AssertionError(network + ": " + failure);
          }
        };
    List<DefenceRequest> networks = GOLDEN.stream().map(one -> request(one, "out")).toList();
    new SweepNetworks(LocalSpark.session(), new SweepRequest(networks, CRITERIA, 16))
        .execute(Run.begin(Map.of()), watch);
    return told;
  }

  private List<Defence> alone(Golden golden) {
    DefendNetwork defend =
        new DefendNetwork(LocalSpark.session(), request(golden, "alone"), CRITERIA);
    return defend.execute(defend.plan(), Run.begin(Map.of())).done();
  }

  @Test
  void givesWhatEveryNetworkGivesAlone() {
    List<List<Defence>> together = new ArrayList<>();
    List<String> jobs =
        SparkEvents.descriptions(() -> together.addAll(sweep())).stream()
            .flatMap(Optional::stream)
            .toList();

    assertThat(together).hasSize(GOLDEN.size());
    assertThat(together.stream().flatMap(List::stream))
        .flatExtracting(Defence::fineTuned)
        .hasSize(5);
    for (int network = 0; network < GOLDEN.size(); network++) {
      assertSame(together.get(network), alone(GOLDEN.get(network)));
    }
    for (String job : JOBS) {
      assertThat(jobs).as(job).filteredOn(description -> description.contains(job)).hasSize(1);
    }
  }

  private static void assertSame(List<Defence> together, List<Defence> alone) {
    assertThat(together).hasSameSizeAs(CRITERIA).hasSameSizeAs(alone);
    for (int i = 0; i < CRITERIA.size(); i++) {
      Defence found = together.get(i);
      Defence expected = alone.get(i);
      assertThat(found.plan().criterion()).isEqualTo(CRITERIA.get(i));
      assertThat(found.order()).isEqualTo(expected.order());
      assertThat(found.curves()).isEqualTo(expected.curves());
      assertThat(found.strip()).hasSize(1).isEqualTo(expected.strip());
      assertThat(found.fineTuned()).isEqualTo(expected.fineTuned());
    }
  }
}
