package backsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activation;
import backsweep.network.BatchNormalization;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.PruningPoint;
import backsweep.network.Reduction;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.network.Window;
import backsweep.tensorflow.Adam;
import backsweep.tensorflow.DivergedException;
import backsweep.tensorflow.NetworkTrainer;
import backsweep.tensorflow.Pupil;
import backsweep.tensorflow.Pupil.KeptChannels;
import backsweep.tensorflow.Pupil.Normalization;
import backsweep.tensorflow.SessionThreads;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Stripes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That steps are those of a Keras is {@code TrainingInKerasTest}'s. */
class FineTuningTest {

  private static final TrainingImages IMAGES = TrainingImages.of(Stripes.blocks(60, 4));
  private static final List<Integer> PRUNED = List.of(0, 2, 5);
  private static final SessionThreads THREADS = new SessionThreads(2, 1);

  private final Network network =
      new NetworkSketch(8, 16, 16, 3)
          .convolution("first", 6)
          .activation("first_active", Activation.Relu.PLAIN)
          .then("pool", new Pooling(Reduction.MAXIMUM, new Window(2, 2, 2, 2, Padding.VALID)))
          .convolution("plain", 6)
          .activation("plain_active", Activation.Relu.PLAIN)
          .convolution("normalized", 6)
          .then("normal", new BatchNormalization(1e-3f, true, true))
          .activation("normal_active", Activation.Relu.PLAIN)
          .classes(Stripes.CLASSES);

  private static FineTuning how(double learningRate, double decay, Normalization normalization) {
    return new FineTuning(new Schedule(3, 16, new Adam(learningRate, decay)), normalization, 7);
  }

  private static PruningPoint point(Network network, String convolution) {
    return PruningPoint.of(network, Optional.of(convolution), Optional.empty());
  }

  private static ChannelMask mask(Network network, String convolution) {
    int channels = network.weights().get(convolution, "kernel").shape().channels();
    return ChannelMask.pruning(channels, PRUNED);
  }

  private static Network tuned(Network network, float scale, String convolution, FineTuning how) {
    return how.tune(
        new PrunableNetwork(network, scale, point(network, convolution)),
        mask(network, convolution),
        IMAGES,
        new Studio(THREADS, new Unwatched()));
  }

  /** Nobody watches. */
  private record Unwatched() implements TrainingWatch {

    @Override
    public void learned(int images) {}

    @Override
    public void epoch(String phase, int epoch, double loss) {}
  }

  private static void assertPruned(Weights weights, String convolution) {
    for (String variable : List.of("kernel", "bias")) {
      Tensor tensor = weights.get(convolution, variable);
      int channels = tensor.shape().channels();
      assertThat(
              IntStream.range(0, tensor.shape().size())
                  .filter(i -> PRUNED.contains(i % channels))
                  .filter(i -> Float.floatToRawIntBits(tensor.at(i)) != 0))
          .as("%s of %s that is not 0", variable, convolution)
          .isEmpty();
    }
  }

  private static void assertMoved(Weights one, Weights other, String layer, String variable) {
    Tensor tensor = one.get(layer, variable);
    assertThat(
            IntStream.range(0, tensor.shape().size())
                .filter(i -> tensor.at(i) != other.get(layer, variable).at(i)))
        .as("%s of %s that moved", variable, layer)
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "first, 0, INFERENCE",
    "first, 0.5, BATCH",
    "plain, 0, BATCH",
    "plain, 0.5, INFERENCE",
    "normalized, 0, INFERENCE",
    "normalized, 0.5, INFERENCE",
    "normalized, 0.5, BATCH"
  })
  void prunedChannelsAreZeroInTheEnd(
      String convolution, double decay, Normalization normalization) {
    Weights after = tuned(network, 1, convolution, how(1e-3, decay, normalization)).weights();

    assertPruned(after, convolution);
    for (String layer : List.of("first", "plain", "normalized", "output")) {
      assertMoved(
          after,
          network.pruned(convolution, mask(network, convolution)).weights(),
          layer,
          "kernel");
    }
  }

  @ParameterizedTest
  @CsvSource({"first, BATCH", "plain, INFERENCE", "normalized, INFERENCE", "normalized, BATCH"})
  void prunedChannelsAreZeroAfterEveryStep(String convolution, Normalization normalization) {
    PruningPoint point = point(network, convolution);
    ChannelMask kept = mask(network, convolution);
    Pupil pupil =
        new Pupil(
            network.pruned(convolution, kept),
            255,
            point,
            Optional.of(new KeptChannels(point.cut().masks(), kept)),
            normalization);
    Batch batch = new Batch(IMAGES, 16);
    int[] order = IntStream.range(0, IMAGES.size()).toArray();
    try (NetworkTrainer trainer = new NetworkTrainer(pupil, THREADS)) {
      for (int step = 0; step < 4; step++) {
        batch.fill(order, step * 16);
        trainer.learn(batch.pixels(), batch.labels(), new Adam(0.01, 0.5));
        assertPruned(trainer.network().weights(), convolution);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyStatisticsOfBatchesMove(Normalization normalization) {
    Weights after = tuned(network, 255, "normalized", how(1e-3, 0, normalization)).weights();

    for (String statistic : List.of("moving_mean", "moving_variance")) {
      boolean isSame =
          after.get("normal", statistic).sameValues(network.weights().get("normal", statistic));
      assertThat(isSame).as(statistic).isEqualTo(normalization == Normalization.INFERENCE);
    }
    assertMoved(after, network.weights(), "normal", "gamma");
    assertMoved(after, network.weights(), "normal", "beta");
  }

  /** Steps so short that no weight can move: the change of the first kernel takes itself back. */
  @Test
  void whoLearnsNothingKeepsEveryBit() {
    Network pruned = network.pruned("plain", mask(network, "plain"));

    Network after = tuned(network, 1, "plain", how(1e-30, 0, Normalization.INFERENCE));

    assertThat(after.weights().sameValues(pruned.weights())).isTrue();
  }

  /** Pixels as they are, with a kernel that divides them, are learned from as divided ones are. */
  @Test
  void rawPixelsAreLearnedFromAsScaledOnes() {
    Tensor kernel = network.weights().get("first", "kernel");
    Network raw =
        new Network(
            network.graph(), network.weights().with("first", "kernel", kernel.dividedBy(128)));
    FineTuning how = how(1e-3, 0.1, Normalization.INFERENCE);

    Weights ofRaw = tuned(raw, 1, "plain", how).weights();
    Weights ofScaled = tuned(network, 128, "plain", how).weights();

    Tensor learned = ofRaw.get("first", "kernel");
    assertThat(learned.dividedBy(1 / 128f).sameValues(ofScaled.get("first", "kernel"))).isTrue();
    assertThat(
            ofRaw
                .with("first", "kernel", kernel)
                .sameValues(ofScaled.with("first", "kernel", kernel)))
        .isTrue();
  }

  @Test
  void givesTheSameForTheSameSeed() {
    FineTuning how = how(1e-3, 0.1, Normalization.BATCH);
    Weights once = tuned(network, 1, "plain", how).weights();
    FineTuning otherSeed = new FineTuning(how.schedule(), how.normalization(), 8);

    assertThat(tuned(network, 1, "plain", how).weights().sameValues(once)).isTrue();
    assertThat(tuned(network, 1, "plain", otherSeed).weights().sameValues(once)).isFalse();
  }

  @Test
  void saysThatItDiverged() {
    assertThatThrownBy(() -> tuned(network, 1, "plain", how(1e20, 0, Normalization.INFERENCE)))
        .isInstanceOf(DivergedException.class);
  }
}
