package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Role;
import backsweep.network.Activation;
import backsweep.network.Activation.Plain;
import backsweep.network.Activation.Relu;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.PruningPoint;
import backsweep.network.Reduction;
import backsweep.network.Window;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.stages.TracePruningCurves.Wanted;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.LocalSpark;
import backsweep.testing.NetworkSketch;
import backsweep.testing.PruningOrders;
import backsweep.testing.RandomBlocks;
import backsweep.testing.RandomNetworks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The curve that skips steps which cannot matter is the one that computes every step, and it is the
 * same however many images and pairs run at a time.
 */
class LazyCurvesTest {

  private static final int IMAGES = 300;

  @TempDir private Path output;

  static Stream<Activation> activations() {
    return Stream.of(
        Relu.PLAIN, // f(0) = 0, and many channels are 0
        new Relu(0, 1, 6),
        Plain.TANH,
        Plain.SIGMOID, // f(0) != 0
        new Relu(0.1f, 0.2f, 2));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void ofAnActivationBehindTheConvolution(Activation activation) {
    Network network =
        new NetworkSketch(3, 6, 7, 2)
            .convolution("first", 4)
            .activation("relu", Relu.PLAIN)
            .convolution("conv", 12)
            .fused(activation)
            .then("pool", new Pooling(Reduction.MAXIMUM, new Window(2, 2, 2, 2, Padding.SAME)))
            .classes(40);

    check(network, "conv", 7);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 5, 6, 7, 8, 9, 10, 13, 21, 34})
  void ofARandomNetwork(long seed) {
    Network network = RandomNetworks.of(seed);
    List<String> convolutions = network.graph().convolutions();

    check(network, convolutions.get(new Random(seed).nextInt(convolutions.size())), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 13})
  void countsDoNotDependOnWhatRunsAtATime(long seed) {
    Network network = RandomNetworks.of(seed);
    PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
    CutModels models = CutModels.of(new NetworkModels(network, 255), point, BatchSizes.blocks(512));
    ImageStore store = new ImageStore(LocalSpark.session(), output.toString(), 2);
    List<Integer> channels = PruningOrders.shuffled(point.channels(), seed);
    Wanted wanted =
        new Wanted(models, put(store, network), PruningOrder.given(point.channels(), channels));
    PruningCurve expected = trace(store, wanted);

    for (BatchSizes sizes :
        List.of(
            new BatchSizes(1, 1, 1, 1),
            new BatchSizes(1, 7, 512, 1),
            new BatchSizes(1, 128, 3, 1),
            new BatchSizes(1, 255, 100, 1))) {
      Wanted other = new Wanted(with(models, sizes), wanted.images(), wanted.order());
      assertThat(trace(store, other)).as("%s", sizes).isEqualTo(expected);
    }
    assertThat(expected.steps().stream().map(step -> step.agreements()).distinct())
        .hasSizeGreaterThan(2);
  }

  private static CutModels with(CutModels models, BatchSizes sizes) {
    return new CutModels(
        models.prefix(), models.suffix(), models.channels(), models.masksAllCross(), sizes);
  }

  private static PruningCurve trace(ImageStore store, Wanted wanted) {
    return new TracePruningCurves(LocalSpark.session(), store).execute(List.of(wanted)).get(0);
  }

  private void check(Network network, String convolution, long seed) {
    PruningPoint point = PruningPoint.of(network, Optional.of(convolution), Optional.empty());
    BatchSizes sizes = BatchSizes.blocks(100);
    CutModels lazy = CutModels.of(new NetworkModels(network, 255), point, sizes);
    CutModels complete = new CutModels(lazy.prefix(), lazy.suffix(), lazy.channels(), false, sizes);
    ImageStore store = new ImageStore(LocalSpark.session(), output.toString(), 2);
    ImportedImages images = put(store, network);
    List<Integer> channels = PruningOrders.shuffled(point.channels(), seed);
    int last = point.channels() - new Random(seed).nextInt(2);
    PruningOrder order = PruningOrder.given(point.channels(), channels.subList(0, last));
    TracePruningCurves trace = new TracePruningCurves(LocalSpark.session(), store);
    List<PruningOrder> orders = List.of(order, reversed(order));

    List<PruningCurve> expected = trace.execute(wanted(complete, images, orders));
    List<Wanted> wanted = wanted(lazy, images, orders);
    assertThat(trace.execute(wanted)).isEqualTo(expected);
    assertThat(trace.execute(wanted.subList(1, 2))).containsExactly(expected.get(1));
    assertThat(expected.get(0).at(last).agreements()).isLessThan(IMAGES);
  }

  private static List<Wanted> wanted(
      CutModels models, ImportedImages images, List<PruningOrder> orders) {
    return orders.stream().map(order -> new Wanted(models, images, order)).toList();
  }

  private static PruningOrder reversed(PruningOrder order) {
    List<Integer> channels = new ArrayList<>(order.pruned());
    Collections.reverse(channels);
    return PruningOrder.given(order.channels(), channels);
  }

  private static ImportedImages put(ImageStore store, Network network) {
    int height = network.graph().inputShape().dimension(0);
    int width = network.graph().inputShape().dimension(1);
    ImageShape shape = new ImageShape(height, width, 2);
    ImageSet set =
        new ImageSet(
            ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, "0".repeat(64), IMAGES, shape);
    List<ImageBlock> blocks = RandomBlocks.of(IMAGES, shape, PixelEncoding.UINT8);
    return store.put(set, RandomBlocks.distributed(blocks, 1));
  }
}
