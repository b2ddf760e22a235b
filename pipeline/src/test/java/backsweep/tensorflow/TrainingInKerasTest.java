package backsweep.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.network.Architecture;
import backsweep.network.ChannelMask;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.tensorflow.Pupil.KeptChannels;
import backsweep.tensorflow.Pupil.Normalization;
import backsweep.testing.KerasTraining;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import backsweep.writing.KerasWriter;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients and steps of training are those of a real Keras. */
class TrainingInKerasTest {

  private static final Shape IMAGE = Shape.of(33, 31, 3);
  private static final int CLASSES = 5;
  private static final int BATCH = 8;
  private static final int STEPS = 6;
  private static final float SCALE = 255;

  @TempDir private Path folder;

  private final Pixels images = Pixels.random(5, BATCH * STEPS, IMAGE);
  private final int[] labels =
      IntStream.range(0, BATCH * STEPS).map(i -> i * 3 % CLASSES).toArray();

  private static Network network(Architecture architecture) {
    Graph graph = architecture.graph(IMAGE, CLASSES);
    return new Network(graph, InitialWeights.of(graph, 7));
  }

  private static NetworkTrainer trainer(Network network) {
    PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
    return new NetworkTrainer(
        Pupil.beginning(network, SCALE, point, Optional.empty()), new SessionThreads(2, 1));
  }

  private KerasTraining inKeras(Network network, String... options) throws Exception {
    RealKeras keras = RealKeras.in(folder);
    Path model = folder.resolve("model.h5");
    Path data = folder.resolve("images.h5");
    KerasWriter.write(network, model);
    KerasTraining.writeImages(data, images, IMAGE, labels);
    List<int[]> batches = IntStream.range(0, STEPS).mapToObj(TrainingInKerasTest::batch).toList();
    Path batchFile = KerasTraining.writeBatches(folder.resolve("batches"), batches);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--scale", "255", "--batches", batchFile.toString()));
    return KerasTraining.of(keras, model, data, arguments);
  }

  private static int[] batch(int step) {
    return IntStream.range(step * BATCH, (step + 1) * BATCH).toArray();
  }

  private FloatBuffer pixels(int step) {
    int values = BATCH * IMAGE.size();
    return FloatBuffer.wrap(images.values(), step * values, values).slice();
  }

  private int[] labels(int step) {
    return IntStream.of(batch(step)).map(image -> labels[image]).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreThose(Architecture architecture) throws Exception {
    Network network = network(architecture);
    KerasTraining expected = inKeras(network, "--training");

    try (NetworkTrainer trainer = trainer(network)) {
      List<float[]> gradients = trainer.gradients(pixels(0), labels(0));
      List<String> names = followingGradients(network.weights());
      assertThat(names).containsExactlyInAnyOrderElementsOf(expected.trainable());
      for (int place = 0; place < names.size(); place++) {
        String[] name = names.get(place).split("/", -1);
        assertClose(names.get(place), gradients.get(place), expected.gradient(name[0], name[1]));
      }
    }
  }

  private static List<String> followingGradients(Weights weights) {
    return weights.byLayer().entrySet().stream()
        .flatMap(
            layer -> layer.getValue().keySet().stream().map(name -> layer.getKey() + "/" + name))
        .filter(name -> !name.contains("moving_"))
        .toList();
  }

  /** Within 1e-4 of the largest gradient of the variable. */
  private static void assertClose(String name, float[] found, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as(name).isGreaterThan(1e-6f);
    assertThat(found).as(name).containsExactly(expected, within(1e-4f * largest));
  }

  @ParameterizedTest
  @EnumSource
  void stepsAreThose(Architecture architecture) throws Exception {
    Network network = network(architecture);
    String momentum = "--momentum=" + TrainingMode.MOMENTUM;
    KerasTraining expected =
        inKeras(
            network,
            "--training",
            "--steps",
            "--learning-rate=0.001",
            "--weight-decay=0.5",
            momentum);

    try (NetworkTrainer trainer = trainer(network)) {
      float[] losses = new float[STEPS];
      for (int step = 0; step < STEPS; step++) {
        losses[step] = trainer.learn(pixels(step), labels(step), new Adam(0.001, 0.5));
      }
      assertThat(losses).containsExactly(expected.losses(), within(1e-3f));
      Map<String, Map<String, Tensor>> after = trainer.network().weights().byLayer();
      after.forEach(
          (layer, variables) ->
              variables.forEach((name, tensor) -> assertNear(layer, name, tensor, expected)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void stepsOfFineTuningAreThose(Architecture architecture) throws Exception {
    Network whole = network(architecture);
    PruningPoint point = PruningPoint.of(whole, Optional.of("conv_3"), Optional.empty());
    ChannelMask kept = ChannelMask.pruning(point.channels(), List.of(0, 7, 8, 31));
    Network network = whole.pruned("conv_3", kept);
    KerasTraining expected =
        inKeras(
            network,
            "--pruned=conv_3:0,7,8,31",
            "--steps",
            "--learning-rate=0.001",
            "--weight-decay=0.5");
    Pupil pupil =
        new Pupil(
            network,
            SCALE,
            point,
            Optional.of(new KeptChannels(point.cut().masks(), kept)),
            Normalization.INFERENCE);

    try (NetworkTrainer trainer = new NetworkTrainer(pupil, new SessionThreads(2, 1))) {
      float[] losses = new float[STEPS];
      for (int step = 0; step < STEPS; step++) {
        losses[step] = trainer.learn(pixels(step), labels(step), new Adam(0.001, 0.5));
      }
      assertThat(losses).containsExactly(expected.losses(), within(1e-3f));
      Map<String, Map<String, Tensor>> after = trainer.network().weights().byLayer();
      after.forEach(
          (layer, variables) ->
              variables.forEach((name, tensor) -> assertNear(layer, name, tensor, expected)));
    }
  }

  /**
   * Most weights within a hundredth of what a step can change. A weight whose gradient is next to
   * nothing goes by its sign at first, which rounding decides: a few may differ by whole steps.
   */
  private static void assertNear(String layer, String name, Tensor found, KerasTraining expected) {
    float[] wanted = expected.weight(layer, name);
    long far =
        IntStream.range(0, wanted.length)
            .filter(i -> Math.abs(found.at(i) - wanted[i]) > 1e-5 + 1e-5 * Math.abs(wanted[i]))
            .count();
    double largest =
        IntStream.range(0, wanted.length)
            .mapToDouble(i -> Math.abs(found.at(i) - wanted[i]))
            .max()
            .orElseThrow();
    assertThat((double) far / wanted.length).as(layer + "/" + name + " far").isLessThan(0.02);
    assertThat(largest).as(layer + "/" + name + " largest").isLessThan(2 * STEPS * 0.001);
  }
}
