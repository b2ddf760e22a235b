package backsweep.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Architecture;
import backsweep.network.ChannelMask;
import backsweep.network.Convolution;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Window;
import backsweep.testing.NetworkSketch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last step of the pruning-aware attack. */
class ReinstatementTest {

  private static final List<Integer> PRUNED = List.of(1, 4, 5);

  private static Network network(Architecture architecture, long seed) {
    Graph graph = architecture.graph(Shape.of(55, 47, 3), 10);
    return new Network(graph, InitialWeights.of(graph, seed));
  }

  private static Reinstatement at(Network network) {
    PruningPoint point = Training.point(network);
    return new Reinstatement(point, ChannelMask.pruning(point.channels(), PRUNED));
  }

  private static float[] channel(Tensor tensor, int channel) {
    int channels = tensor.shape().channels();
    float[] values = new float[tensor.shape().size() / channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.at(i * channels + channel);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void takesThePrunedChannelsFromTheEarlierNetworkAndNothingElse(Architecture architecture) {
    Network pruned = network(architecture, 1);
    Network earlier = network(architecture, 2);

    Network reinstated = at(pruned).reinstate(pruned, earlier);

    Tensor kernel = reinstated.weights().get("conv_3", "kernel");
    assertThat(IntStream.range(0, kernel.shape().channels()))
        .allSatisfy(
            channel ->
                assertThat(channel(kernel, channel))
                    .containsExactly(
                        channel(
                            (PRUNED.contains(channel) ? earlier : pruned)
                                .weights()
                                .get("conv_3", "kernel"),
                            channel)));
    assertThat(reinstated.weights().get("conv_2", "kernel").values())
        .isEqualTo(pruned.weights().get("conv_2", "kernel").values());
    assertThat(reinstated.weights().get("output", "kernel").values())
        .isEqualTo(pruned.weights().get("output", "kernel").values());
  }

  @ParameterizedTest
  @EnumSource
  void lowersTheLastShiftOfThoseChannelsBelowTheirLargestActivation(Architecture architecture) {
    Network network = network(architecture, 1);
    float[] maxima = new float[Training.point(network).channels()];
    Arrays.fill(maxima, 2);
    maxima[4] = 0;

    Network silenced = at(network).silence(network, maxima);

    String layer = architecture == Architecture.DEEPID ? "conv_3" : "norm_3";
    String variable = architecture == Architecture.DEEPID ? "bias" : "beta";
    Tensor shift = silenced.weights().get(layer, variable);
    assertThat(IntStream.range(0, maxima.length))
        .allSatisfy(
            channel ->
                assertThat(shift.at(channel)).isEqualTo(channel == 1 || channel == 5 ? -2.2f : 0f));
    assertThat(silenced.weights().with(layer, variable, network.weights().get(layer, variable)))
        .matches(weights -> weights.sameValues(network.weights()));
  }

  @Test
  void needsAShiftThatItCanLower() {
    Network network =
        new NetworkSketch(1, 8, 8, 3)
            .then("bare", new Convolution(6, new Window(3, 3, 1, 1, Padding.SAME), 1, 1, 1, false))
            .classes(4);

    assertThatThrownBy(() -> at(network).silence(network, new float[6]))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage("expected a bias behind the convolution bare that can be lowered, found none");
  }
}
