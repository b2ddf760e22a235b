package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import backsweep.modelfiles.KerasReader;
import backsweep.network.Cut;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.tensorflow.Signatures;
import backsweep.testing.Golden;
import backsweep.testing.HdfValues;
import backsweep.testing.Pixels;
import backsweep.testing.Scores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real networks give the probabilities and activations that Keras gave. */
class GoldenAnswersTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final int BLOCK = 256;

  /**
   * A golden experiment's network, read.
   *
   * @param layer the statistics layer's name
   */
  private record Subject(Network network, PruningPoint point, NetworkModels models, String layer) {

    static Subject of(Golden golden) {
      NetworkFile file = golden.networkFile();
      Network network = KerasReader.read(Path.of(file.path()), file.architecture().map(Path::of));
      PruningPoint point = PruningPoint.of(network, file.layer(), file.statisticsLayer());
      return new Subject(
          network,
          point,
          new NetworkModels(network, golden.inputScale()),
          file.statisticsLayer().orElse("pool_3"));
    }

    /** The only node of the statistics layer. */
    int node() {
      assertThat(point.statisticsLayer()).isEqualTo(layer);
      assertThat(point.statistics()).hasSize(1);
      return point.statistics().get(0);
    }

    /** The network cut behind its statistics layer, whose output then crosses. */
    PruningPoint cutAtStatistics() {
      Cut cut = Cut.behind(network.graph(), point.statistics());
      return new PruningPoint(
          point.convolution(), point.channels(), layer, point.statistics(), cut);
    }
  }

  static Stream<Golden> goldens() {
    return Golden.all();
  }

  static Stream<Arguments> groups() {
    return goldens()
        .flatMap(
            golden -> Stream.of("valid", "test", "poisoned").map(set -> Arguments.of(golden, set)));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void probabilitiesAreThoseOfKeras(Golden golden, String set) {
    HdfValues expected = HdfValues.read(golden.answers(), set + "/probability");
    Pixels pixels = images(golden, set).toPixelsFromChannelsFirst(expected.dimensions()[0]);
    try (WholePredictor predictor =
        new WholePredictor(Subject.of(golden).models().whole(), THREADS)) {
      float[][] found = predictor.probabilities(pixels);
      for (int image = 0; image < pixels.images(); image++) {
        Scores.assertClose(found[image], expected.row(image));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void activationsAreThoseOfKeras(Golden golden, String set) {
    Subject subject = Subject.of(golden);
    HdfValues expected = HdfValues.read(golden.answers(), set + "/" + subject.layer());
    Pixels pixels = images(golden, set).toPixelsFromChannelsFirst(expected.dimensions()[0]);
    PruningPoint point = subject.cutAtStatistics();
    int place = point.cut().crossing().indexOf(subject.node());

    HdfValues found = run(subject.models().prefix(point), pixels, Signatures.cut(place));

    assertThat(found.dimensions()).isEqualTo(expected.dimensions());
    Scores.assertClose(found.values(), expected.values());
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void meanActivationsAreThoseOfKeras(Golden golden) {
    double[] means = means(Subject.of(golden), images(golden, "valid"));
    for (Map<String, String> row : golden.table("order.csv")) {
      double expected = Double.parseDouble(row.get("mean_activation"));
      assertThat(means[Integer.parseInt(row.get("channel"))])
          .isCloseTo(expected, within(1e-5 * expected));
    }
  }

  private static double[] means(Subject subject, HdfValues images) {
    int count = images.dimensions()[0];
    Pixels pixels = images.toPixelsFromChannelsFirst(count);
    PruningPoint point = subject.point();
    double[] means = new double[point.channels()];
    try (StatisticsPredictor predictor =
        new StatisticsPredictor(subject.models().statistics(point), THREADS)) {
      for (int first = 0; first < count; first += BLOCK) {
        BlockStatistics block =
            predictor.predict(pixels.slice(first, Math.min(BLOCK, count - first)));
        for (int image = 0; image < block.images(); image++) {
          for (int channel = 0; channel < means.length; channel++) {
            means[channel] += block.mean(image, channel) / count;
          }
        }
      }
    }
    return means;
  }

  /** One output of a model from images. */
  private static HdfValues run(SavedModel model, Pixels pixels, String output) {
    ModelRunner runner = new ModelRunner(model, THREADS);
    ImageInput input = new ImageInput(runner.inputShape(Signatures.IMAGE));
    try (runner;
        input;
        NDManager manager = runner.newManager()) {
      NDArray found = runner.run(new NDList(input.read(pixels, manager))).get(output);
      int[] dimensions =
          Arrays.stream(found.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
      return new HdfValues(dimensions, found.toFloatArray());
    }
  }

  private static HdfValues images(Golden golden, String set) {
    return HdfValues.read(golden.images(set), "data");
  }
}
