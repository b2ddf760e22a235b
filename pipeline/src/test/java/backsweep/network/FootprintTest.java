package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.testing.NetworkSketch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is in memory at a time, counted by hand. */
class FootprintTest {

  private static final int WIDE = 4 * 4 * 8;
  private static final int NARROW = 4 * 4 * 3;

  @Test
  void aChainHoldsALayerAndTheOneBeforeIt() {
    Graph graph = chain();

    assertThat(Footprint.peak(graph, List.of(0), List.of(1))).isEqualTo(3 * WIDE);
    assertThat(Footprint.peak(graph, List.of(0), List.of(2))).isEqualTo(2 * WIDE + 2 * NARROW);
    assertThat(Footprint.peak(graph, List.of(0), List.of(1, 2))).isEqualTo(3 * (WIDE + NARROW));
  }

  @Test
  void whatLeadsToKnownNodesDoesNotRun() {
    assertThat(Footprint.peak(chain(), List.of(2), List.of(4))).isEqualTo(4 * NARROW);
    assertThat(Footprint.peak(chain(), List.of(4), List.of(4))).isEqualTo(3 * 5);
  }

  @Test
  void anOutputStaysUntilItsLastUse() {
    NetworkSketch sketch = new NetworkSketch(1, 4, 4, 2).convolution("wide", 8);
    int kept = sketch.last();
    Graph graph =
        sketch.convolution("narrow", 3).convolution("back", 8).plus("sum", kept).classes(5).graph();

    // While the sum runs: both it adds, twice, and its own, twice.
    assertThat(Footprint.peak(graph, List.of(0), List.of(4))).isEqualTo(6 * WIDE);
    // While the way back runs: what is kept beside it.
    assertThat(Footprint.peak(graph, List.of(0), List.of(3)))
        .isEqualTo(Math.max(2 * NARROW + 2 * WIDE, 3 * WIDE));
    assertThat(Footprint.peak(graph, List.of(0), List.of(1, 3))).isEqualTo(2 * WIDE * 3);
  }

  /** Input, two convolutions, flattened, five classes and their softmax. */
  private static Graph chain() {
    return new NetworkSketch(1, 4, 4, 2)
        .convolution("wide", 8)
        .convolution("narrow", 3)
        .classes(5)
        .graph();
  }

  @Test
  void moreWeightsThanAModelHoldsAreRefused() {
    GraphBuilder graph = new GraphBuilder();
    int input = graph.add("input", 0, new Input(Shape.of(1, 1, 25_000)), List.of());
    int flat = graph.add("flatten", 0, new Flatten(), List.of(input));
    graph.add("dense", 0, new Dense(25_000, false), List.of(flat));

    assertThat(Footprint.weightBytes(graph.build())).isEqualTo(2_500_000_000L);
    assertThatThrownBy(() -> Footprint.check(graph.build(), "large.h5"))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            "large.h5: expected at most 2080374784 bytes of weights as float32, found 2500000000");
  }
}
