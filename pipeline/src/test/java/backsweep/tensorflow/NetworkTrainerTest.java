package backsweep.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import backsweep.images.ImageBlock;
import backsweep.network.Activation.Plain;
import backsweep.network.Architecture;
import backsweep.network.ChannelMask;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.LayerNormalization;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.UnsupportedNetworkException;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Stripes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Steps of training; that they are those of Keras is {@code TrainingInKerasTest}'s. */
class NetworkTrainerTest {

  private static final SessionThreads THREADS = new SessionThreads(2, 1);
  private static final ImageBlock BATCH = Stripes.blocks(40, 3).get(0);
  private static final Adam ADAM = new Adam(2e-3, 0);

  private static Network small() {
    Graph graph = Architecture.BATCH_NORMALIZED.graph(Shape.of(16, 16, 3), Stripes.CLASSES);
    return new Network(graph, InitialWeights.of(graph, 1));
  }

  private static Pupil pupil(Network network, Optional<ChannelMask> kept) {
    PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
    return Pupil.beginning(network, 255, point, kept);
  }

  private static FloatBuffer pixels(ImageBlock block) {
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(block.images() * block.shape().values() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    block.copyPixels(pixels);
    return pixels.flip();
  }

  @Test
  void lowersTheLoss() {
    try (NetworkTrainer trainer = new NetworkTrainer(pupil(small(), Optional.empty()), THREADS)) {
      float first = trainer.learn(pixels(BATCH), BATCH.labels(), ADAM);
      for (int step = 0; step < 20; step++) {
        trainer.learn(pixels(BATCH), BATCH.labels(), ADAM);
      }

      assertThat(first).isBetween(1f, 3f);
      assertThat(trainer.learn(pixels(BATCH), BATCH.labels(), ADAM)).isLessThan(first / 4);
    }
  }

  @Test
  void saysThatItCannotBegin() {
    Network network = small();
    Shape shape = network.weights().get("conv_1", "kernel").shape();
    float[] values = new float[shape.size()];
    Arrays.fill(values, Float.NaN);
    Network broken =
        new Network(
            network.graph(), network.weights().with("conv_1", "kernel", Tensor.of(shape, values)));

    try (NetworkTrainer trainer = new NetworkTrainer(pupil(broken, Optional.empty()), THREADS)) {
      assertThatThrownBy(() -> trainer.learn(pixels(BATCH), BATCH.labels(), ADAM))
          .isInstanceOf(DivergedException.class)
          .hasMessageStartingWith(
              "training cannot begin: the loss of the network as it is given is");
    }
  }

  @Test
  void letsMovingStatisticsFollowThoseOfTheBatch() {
    Network network = small();
    try (NetworkTrainer trainer = new NetworkTrainer(pupil(network, Optional.empty()), THREADS)) {
      for (int step = 0; step < 60; step++) {
        trainer.learn(pixels(BATCH), BATCH.labels(), new Adam(1e-12, 0));
      }
      Tensor mean = trainer.network().weights().get("norm_1", "moving_mean");
      Tensor variance = trainer.network().weights().get("norm_1", "moving_variance");

      // 0.9 to the power of 60 is 0.002: the statistics are those of the batch but for that.
      double[] expected = channelMoments(network);
      assertThat(mean.at(0)).isCloseTo((float) expected[0], within(0.005f));
      assertThat(variance.at(0)).isCloseTo((float) expected[1], within(0.005f));
    }
  }

  /** Mean and variance of the first channel of the first convolution over the batch. */
  private static double[] channelMoments(Network network) {
    Tensor kernel = network.weights().get("conv_1", "kernel");
    FloatBuffer values = pixels(BATCH);
    double sum = 0;
    double squares = 0;
    int count = BATCH.images() * 256;
    for (int place = 0; place < count; place++) {
      double value = convolved(kernel, values, place);
      sum += value;
      squares += value * value;
    }
    return new double[] {sum / count, squares / count - (sum / count) * (sum / count)};
  }

  private static double convolved(Tensor kernel, FloatBuffer values, int place) {
    int image = place / 256;
    double value = 0;
    for (int tap = 0; tap < 27; tap++) {
      int row = place % 256 / 16 + tap / 9 - 1;
      int column = place % 16 + tap / 3 % 3 - 1;
      if (row >= 0 && row < 16 && column >= 0 && column < 16) {
        float pixel = values.get(((image * 16 + row) * 16 + column) * 3 + tap % 3);
        value += pixel / 255 * kernel.at(tap * kernel.shape().channels());
      }
    }
    return value;
  }

  @Test
  void teachesNothingToChannelsThatAreNotKept() {
    Network network = small();
    ChannelMask kept = ChannelMask.pruning(64, List.of(3, 17));
    try (NetworkTrainer trainer = new NetworkTrainer(pupil(network, Optional.of(kept)), THREADS)) {
      trainer.learn(pixels(BATCH), BATCH.labels(), ADAM);
      trainer.learn(pixels(BATCH), BATCH.labels(), ADAM);

      Tensor before = network.weights().get("conv_3", "kernel");
      Tensor after = trainer.network().weights().get("conv_3", "kernel");
      assertThat(IntStream.range(0, 64).filter(channel -> isSame(before, after, channel)))
          .containsExactly(3, 17);
      Inspection inspection = trainer.inspect(pixels(BATCH), BATCH.images());
      assertThat(inspection.maximum(0, 3)).isZero();
      assertThat(inspection.mean(0, 17)).isZero();
      assertThat(IntStream.range(0, 64).filter(channel -> inspection.maximum(0, channel) > 0))
          .hasSizeGreaterThan(20);
    }
  }

  private static boolean isSame(Tensor one, Tensor other, int channel) {
    int channels = one.shape().channels();
    return IntStream.range(0, one.shape().size() / channels)
        .allMatch(i -> one.at(i * channels + channel) == other.at(i * channels + channel));
  }

  @Test
  void startsFromTheWeightsItIsGivenAndKeepsThemUntilItLearns() {
    Network network = small();
    try (NetworkTrainer trainer = new NetworkTrainer(pupil(network, Optional.empty()), THREADS)) {
      assertThat(trainer.network().weights().sameValues(network.weights())).isTrue();
      trainer.gradients(pixels(BATCH), BATCH.labels());
      trainer.inspect(pixels(BATCH), BATCH.images());
      assertThat(trainer.network().weights().sameValues(network.weights())).isTrue();
    }
  }

  @Test
  void losesTheDecayBeforeTheStep() {
    Network network = small();
    float before = network.weights().get("output", "kernel").at(0);
    float plain = afterOneStep(network, new Adam(1e-3, 0));
    float decayed = afterOneStep(network, new Adam(1e-3, 10));

    assertThat(decayed - plain).isCloseTo(-0.01f * before, within(1e-6f));
  }

  private static float afterOneStep(Network network, Adam adam) {
    try (NetworkTrainer trainer = new NetworkTrainer(pupil(network, Optional.empty()), THREADS)) {
      trainer.learn(pixels(BATCH), BATCH.labels(), adam);
      return trainer.network().weights().get("output", "kernel").at(0);
    }
  }

  @Test
  void refusesLayersThatItDoesNotKnow() {
    Network network =
        new NetworkSketch(1, 8, 8, 3)
            .convolution("conv", 4)
            .then("normal", new LayerNormalization(List.of(2), 1e-3f, true, true))
            .classes(3);

    assertThatThrownBy(() -> new NetworkTrainer(pupil(network, Optional.empty()), THREADS))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith("gradients are not known of LayerNormalization[")
        .hasMessageEndingWith(
            "of layer normal; they are of: Activate, BatchNormalization, Convolution, Dense, Flatten,"
                + " GlobalPooling, Identity, Input, Merge, Pooling, Rescaling");
  }

  @Test
  void needsANetworkThatEndsInSoftmax() {
    Network network =
        new NetworkSketch(1, 8, 8, 3)
            .convolution("conv", 4)
            .activation("end", Plain.TANH)
            .classes(3);
    Graph graph = network.graph();
    Graph cut = new Graph(graph.nodes().subList(0, graph.size() - 1));
    Network logits = new Network(cut, network.weights());

    assertThatThrownBy(() -> new NetworkTrainer(pupil(logits, Optional.empty()), THREADS))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith("gradients need a network that ends in softmax, found Dense");
  }
}
