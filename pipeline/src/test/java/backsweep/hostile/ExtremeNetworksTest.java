package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Convolution;
import backsweep.network.Dense;
import backsweep.network.DepthwiseConvolution;
import backsweep.network.Footprint;
import backsweep.network.GlobalPooling;
import backsweep.network.Graph;
import backsweep.network.GraphBuilder;
import backsweep.network.InitialWeights;
import backsweep.network.Input;
import backsweep.network.Layer;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.Reduction;
import backsweep.network.Shape;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Window;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks at the limits of what is read, and far from sense, run in TensorFlow and return. */
class ExtremeNetworksTest {

  private static final int MOST = 1 << 20;

  static Stream<Layer> layers() {
    Padding same = Padding.SAME;
    return Stream.of(
        new Pooling(Reduction.MAXIMUM, new Window(MOST, MOST, 1, 1, same)),
        new Pooling(Reduction.AVERAGE, new Window(MOST, 1, MOST, MOST, same)),
        new Pooling(Reduction.MAXIMUM, new Window(1, 1, MOST, MOST, Padding.VALID)),
        new Convolution(2, new Window(3, 3, MOST, MOST, same), 1, 1, 1, true),
        new Convolution(2, new Window(2, 2, 1, 1, same), MOST - 1, MOST - 1, 1, true),
        new Convolution(2, new Window(1, 400, 1, 1, same), 1, 2600, 1, false),
        new Convolution(2, new Window(999, 1, 1, 1, same), 1, 1, 1, true),
        new Convolution(1 << 20, new Window(1, 1, 1, 1, Padding.VALID), 1, 1, 1, true));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void anExtremeLayerIsRun(Layer layer) {
    GraphBuilder builder = new GraphBuilder();
    int input = builder.add("input", 0, new Input(Shape.of(5, 4, 3)), List.of());
    int extreme = builder.add("extreme", 0, layer, List.of(input));
    int pooled =
        builder.add("pool", 0, new GlobalPooling(Reduction.AVERAGE, false), List.of(extreme));
    int scores = builder.add("scores", 0, new Dense(2, true), List.of(pooled));
    builder.add("scores", 0, new Activate(Activation.Plain.SOFTMAX), List.of(scores));
    Graph graph = builder.build();

    new NativeRuns(List.of(new Network(graph, InitialWeights.of(graph, 3)))).check();
  }

  @Test
  void aDilatedKernelBeyondTheLimitIsRefused() {
    GraphBuilder builder = new GraphBuilder();
    int input = builder.add("input", 0, new Input(Shape.of(5, 4, 3)), List.of());
    Window window = new Window(2, 2, 1, 1, Padding.SAME);
    Layer dilated = new DepthwiseConvolution(1, window, 20_000, 20_000, true);
    builder.add("dilated", 0, dilated, List.of(input));
    Graph graph = builder.build();

    assertThatThrownBy(() -> Footprint.check(graph, "file"))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            "file, layer dilated: expected a dilated kernel of at most 33554432 values, found"
                + " 1200120003");
  }
}
