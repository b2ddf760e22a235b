package backsweep.inference;

import backsweep.modelfiles.KerasReader;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.testing.Fixtures;
import backsweep.testing.HdfValues;
import backsweep.testing.Pixels;
import backsweep.testing.PruningOrders;
import backsweep.testing.Scores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small networks of several architectures answer as in Keras, whole, masked and cut anywhere. */
class ZooOracleTest {

  private static final Threads THREADS = new Threads(2, 2);

  @ParameterizedTest
  @ValueSource(
      strings = {"grey", "residual", "plain_sequential", "bn_after", "sigmoid_after", "leaky"})
  void outputAndMaskedOutputAreThoseOfKeras(String name) {
    Network network = KerasReader.read(Fixtures.path("zoo/" + name + ".h5"), Optional.empty());
    Path oracle = Fixtures.path("zoo/" + name + ".oracle.h5");
    Pixels input = HdfValues.read(oracle, "input").toPixels();
    HdfValues output = HdfValues.read(oracle, "output");
    HdfValues maskedOutput = HdfValues.read(oracle, "masked/output");
    PruningPoint point = PruningPoint.of(network, Optional.of("last"), Optional.empty());
    List<Integer> pruned =
        Arrays.stream(HdfValues.read(oracle, "masked/channels").toInts()).boxed().toList();
    NetworkModels models = new NetworkModels(network, 1);

    assertEqual(models.whole(), input, output);
    ChannelMask mask = ChannelMask.pruning(point.channels(), pruned);
    assertEqual(models.whole(point, mask), input, maskedOutput);
    assertAnswers(models, point, pruned, input, List.of(output, maskedOutput));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"grey", "residual", "plain_sequential", "bn_after", "sigmoid_after", "leaky"})
  void everyConvolutionCanBeCut(String name) {
    Network network = KerasReader.read(Fixtures.path("zoo/" + name + ".h5"), Optional.empty());
    Pixels input = HdfValues.read(Fixtures.path("zoo/" + name + ".oracle.h5"), "input").toPixels();
    for (String convolution : network.graph().convolutions()) {
      PruningPoint point = PruningPoint.of(network, Optional.of(convolution), Optional.empty());
      List<Integer> order = PruningOrders.shuffled(point.channels(), 7);
      List<Integer> pruned = order.subList(0, point.channels() / 2);
      Network zeroed = network.pruned(convolution, ChannelMask.pruning(point.channels(), pruned));
      NetworkModels models = new NetworkModels(network, 1);
      HdfValues before = run(models.whole(), input);
      HdfValues after = run(new NetworkModels(zeroed, 1).whole(), input);
      assertAnswers(models, point, pruned, input, List.of(before, after));
    }
  }

  private static void assertEqual(SavedModel model, Pixels input, HdfValues expected) {
    HdfValues found = run(model, input);
    for (int image = 0; image < input.images(); image++) {
      Scores.assertClose(found.row(image), expected.row(image));
    }
  }

  private static HdfValues run(SavedModel model, Pixels input) {
    try (WholePredictor predictor = new WholePredictor(model, THREADS)) {
      float[][] rows = predictor.probabilities(input);
      float[] flat = new float[rows.length * rows[0].length];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
      }
      return new HdfValues(new int[] {rows.length, rows[0].length}, flat);
    }
  }

  /** The classes of the cut network with nothing and with all of an order pruned. */
  private static void assertAnswers(
      NetworkModels models,
      PruningPoint point,
      List<Integer> order,
      Pixels input,
      List<HdfValues> scores) {
    int[] rank = PruningOrders.rank(point.channels(), order);
    int[] rows = IntStream.range(0, input.images()).toArray();
    try (CutPredictor predictor =
            new CutPredictor(models.prefix(point), models.suffix(point), THREADS);
        CutBlock block = predictor.predict(input)) {
      for (int step : new int[] {0, order.size()}) {
        int[] steps = new int[rows.length];
        Arrays.fill(steps, step);
        int[] classes = block.classes(rows, steps, rank);
        for (int image : rows) {
          Scores.assertBest(classes[image], scores.get(step == 0 ? 0 : 1).row(image));
        }
      }
    }
  }
}
