package backsweep.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.inference.ImportancePredictor;
import backsweep.inference.Threads;
import backsweep.network.Activation;
import backsweep.network.Architecture;
import backsweep.network.BatchNormalization;
import backsweep.network.Convolution;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.PruningPoint;
import backsweep.network.Reduction;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.network.Window;
import backsweep.pruning.AdversarialPruning;
import backsweep.testing.FollowedGradients;
import backsweep.testing.LayerZoo;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import backsweep.training.MaskLearning;
import backsweep.training.Shuffle;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Importance, gradients by factors and masks that are learned with them are those of a Keras. */
class GradientsInKerasTest {

  private static final int IMAGES = 12;
  private static final float SCALE = 255;
  private static final SessionThreads THREADS = new SessionThreads(2, 1);

  @TempDir private Path folder;

  /** A network, and the convolution that is followed. */
  enum Case {
    PLAIN("conv_3") {
      @Override
      Network network() {
        Graph graph = Architecture.DEEPID.graph(Shape.of(33, 31, 3), 5);
        return withBiases(new Network(graph, InitialWeights.of(graph, 7)));
      }
    },
    FIRST_LAYER("conv_1") {
      @Override
      Network network() {
        return PLAIN.network();
      }
    },
    NORMALIZED("conv") {
      @Override
      Network network() {
        Window halves = new Window(2, 2, 2, 2, Padding.VALID);
        return new NetworkSketch(3, 9, 8, 3)
            .convolution("first", 5)
            .activation("rectified", Activation.Relu.PLAIN)
            .convolution("conv", 6)
            .then("normal", new BatchNormalization(1e-3f, true, true))
            .activation("active", Activation.Relu.PLAIN)
            .then("pool", new Pooling(Reduction.MAXIMUM, halves))
            .classes(4);
      }
    },
    WITHOUT_BIAS("conv") {
      @Override
      Network network() {
        Window window = new Window(3, 2, 1, 1, Padding.SAME);
        return new NetworkSketch(4, 9, 8, 3)
            .then("conv", new Convolution(6, window, 1, 1, 1, false))
            .then("normal", new BatchNormalization(1e-3f, true, true))
            .activation("active", Activation.Relu.PLAIN)
            .classes(4);
      }
    },
    RESIDUAL_BRANCH("left_1") {
      @Override
      Network network() {
        return LayerZoo.networks().get("branches");
      }
    },
    CALLED_AGAIN("shared") {
      @Override
      Network network() {
        return LayerZoo.networks().get("called-twice");
      }
    };

    final String convolution;

    Case(String convolution) {
      this.convolution = convolution;
    }

    abstract Network network();

    /** Those that training begins with are all 0. */
    private static Network withBiases(Network network) {
      Weights weights = network.weights();
      for (String layer : network.graph().convolutions()) {
        Shape shape = weights.get(layer, "bias").shape();
        float[] values = new float[shape.size()];
        for (int channel = 0; channel < values.length; channel++) {
          values[channel] = 0.02f * (channel % 7 - 2);
        }
        weights = weights.with(layer, "bias", Tensor.of(shape, values));
      }
      return new Network(network.graph(), weights);
    }
  }

  /** A case with images. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Followed(Network network, PruningPoint point, Pixels images, int[] labels) {

    static Followed of(Case which) {
      Network network = which.network();
      int classes = network.classes();
      return new Followed(
          network,
          PruningPoint.of(network, Optional.of(which.convolution), Optional.empty()),
          Pixels.random(11, IMAGES, network.graph().inputShape()),
          IntStream.range(0, IMAGES).map(image -> image * 3 % classes).toArray());
    }

    FollowedGradients inKeras(Path folder, String... options) throws Exception {
      List<String> all = new ArrayList<>(List.of("--scale", "255"));
      all.addAll(List.of(options));
      return FollowedGradients.of(
          RealKeras.in(folder), network, point.convolution(), images, labels, all);
    }

    FactorGradients factors() {
      FactorGradients gradients = new FactorGradients(network, SCALE, point, THREADS);
      int five = 5 * network.graph().inputShape().size();
      FloatBuffer all = FloatBuffer.wrap(images.values());
      gradients.hold(List.of(all.slice(0, five), all.slice(five, images.values().length - five)));
      return gradients;
    }
  }

  /** Within 2e-4 of the largest, of which not all are next to nothing. */
  private static void assertClose(String what, float[] found, float[] expected) {
    double largest =
        IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElse(0);
    assertThat(largest).as(what).isGreaterThan(1e-7);
    assertThat(found).as(what).containsExactly(expected, within((float) (2e-4 * largest)));
  }

  @ParameterizedTest
  @EnumSource
  void importanceIsThat(Case which) throws Exception {
    Followed followed = Followed.of(which);
    FollowedGradients keras = followed.inKeras(folder);

    float[] found = new float[followed.point().channels()];
    try (ImportancePredictor predictor =
        new ImportancePredictor(
            new NetworkModels(followed.network(), SCALE).importance(followed.point()),
            new Threads(2, 2))) {
      double[] sums = predictor.sums(followed.images(), followed.labels());
      for (int channel = 0; channel < found.length; channel++) {
        found[channel] = (float) (sums[channel] / IMAGES);
      }
    }
    assertClose("taylor", found, keras.values("taylor"));
  }

  @ParameterizedTest
  @EnumSource
  void gradientsByFactorsAreThose(Case which) throws Exception {
    Followed followed = Followed.of(which);
    int channels = followed.point().channels();
    float[] kernel = new float[channels];
    float[] bias = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      kernel[channel] = channel % 4 == 0 ? 0 : 0.5f + channel % 3 * 0.25f;
      bias[channel] = channel % 5 == 0 ? 0 : 1.5f - channel % 3 * 0.5f;
    }
    Path file =
        Files.write(folder.resolve("factors"), List.of(words(floats(kernel)), words(floats(bias))));
    FollowedGradients keras = followed.inKeras(folder, "--factors", file.toString());

    try (FactorGradients gradients = followed.factors()) {
      FactorGradients.Gradients found =
          gradients.at(IntStream.range(0, IMAGES).toArray(), followed.labels(), kernel, bias);

      assertThat(found.loss()).isCloseTo(keras.values("loss")[0], within(1e-4f));
      assertClose("kernel", found.kernel(), keras.values("kernel"));
      if (which == Case.WITHOUT_BIAS) {
        assertThat(floats(found.bias())).allMatch(value -> value == 0);
      } else {
        assertClose("bias", found.bias(), keras.values("bias"));
      }
    }
  }

  @Test
  void masksOfAdversarialPruningAreThose() throws Exception {
    Followed followed = Followed.of(Case.NORMALIZED);
    AdversarialPruning how = new AdversarialPruning(0.4, 0.2, 20, IMAGES, 5);
    List<String> draws = draws(how, followed.point().channels());
    Path file = Files.write(folder.resolve("draws"), draws);
    float[] expected = followed.inKeras(folder, "--draws", file.toString()).values("mask");

    try (FactorGradients gradients = followed.factors()) {
      double[] mask =
          new MaskLearning(how, gradients, followed.labels(), followed.point().channels())
              .learn(images -> {});

      assertThat(floats(expected)).contains(0.0).anyMatch(v -> v > 0.05 && v < 0.95);
      assertThat(mask)
          .containsExactly(
              IntStream.range(0, expected.length).mapToDouble(i -> expected[i]).toArray(),
              within(1e-3));
    }
  }

  /** What is drawn in each step: the order of the images, as all are taken; delta; xi. */
  private static List<String> draws(AdversarialPruning how, int channels) {
    SplittableRandom random = new SplittableRandom(how.seed());
    int[] order = IntStream.range(0, IMAGES).toArray();
    List<String> draws = new ArrayList<>();
    for (int step = 0; step < how.iterations(); step++) {
      Shuffle.all(order, random);
      draws.add(words(IntStream.of(order).asDoubleStream()).replace(".0", ""));
      for (int place = 0; place < 2; place++) {
        draws.add(words(random.doubles(channels, -how.epsilon(), how.epsilon())));
      }
    }
    return draws;
  }

  private static DoubleStream floats(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  private static String words(DoubleStream values) {
    return values.mapToObj(Double::toString).collect(Collectors.joining(" "));
  }
}
