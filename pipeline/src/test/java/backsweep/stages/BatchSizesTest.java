package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activation.Plain;
import backsweep.network.Architecture;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.PruningPoint;
import backsweep.network.Reduction;
import backsweep.network.Shape;
import backsweep.network.Window;
import backsweep.testing.NetworkSketch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchSizesTest {

  private static final int PAIRS = 512;
  private static final int SIDE = 128;
  private static final int MAP = SIDE * SIDE * 16;
  private static final int INPUT = SIDE * SIDE * 3;

  @Test
  void theLabsNetworkRunsInWholeBlocks() {
    assertThat(sizes(Architecture.DEEPID.graph(Shape.of(55, 47, 3), 1283), "conv_3"))
        .isEqualTo(new BatchSizes(256, 256, PAIRS, 256))
        .isEqualTo(BatchSizes.blocks(PAIRS));
  }

  @Test
  void aNetworkWithBigLayersRunsAsManyAsFit() {
    // Two feature maps, each twice, and two copies of the pixels beside them.
    int images = (int) (BatchSizes.MOST_BYTES / (Float.BYTES * (4L * MAP + 2 * INPUT)));
    // The map that is masked and the one behind its sigmoid, each twice.
    int pairs = (int) (BatchSizes.MOST_BYTES / (Float.BYTES * 4L * MAP));

    assertThat(images).isEqualTo(58);
    assertThat(pairs).isEqualTo(64);
    assertThat(sizes(layers(SIDE, 16), "second"))
        .isEqualTo(new BatchSizes(images, images, pairs, images));
  }

  @Test
  void layersThatFillTheMemoryRunOneByOne() {
    assertThat(sizes(layers(1024, 32), "second")).isEqualTo(new BatchSizes(1, 1, 1, 1));
  }

  @Test
  void aPersonMayWantFewerPairs() {
    assertThat(BatchSizes.of(layers(SIDE, 16), point(layers(SIDE, 16), "second"), 3).pairs())
        .isEqualTo(3);
    assertThatThrownBy(() -> BatchSizes.blocks(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one at a time, found 256, 256 and 256 images, 0 pairs");
  }

  /** Two convolutions and a sigmoid that keep the size, and all in one pool. */
  private static Graph layers(int side, int channels) {
    return new NetworkSketch(1, side, side, 3)
        .convolution("first", channels)
        .convolution("second", channels)
        .fused(Plain.SIGMOID)
        .then("pool", new Pooling(Reduction.MAXIMUM, window(side)))
        .classes(5)
        .graph();
  }

  private static Window window(int side) {
    return new Window(side, side, side, side, Padding.VALID);
  }

  private static BatchSizes sizes(Graph graph, String convolution) {
    return BatchSizes.of(graph, point(graph, convolution), PAIRS);
  }

  private static PruningPoint point(Graph graph, String convolution) {
    Network network = new Network(graph, InitialWeights.of(graph, 1));
    return PruningPoint.of(network, Optional.of(convolution), Optional.empty());
  }
}
