package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activation.Relu;
import backsweep.testing.NetworkSketch;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class GraphTest {

  private static final Shape IMAGE = Shape.of(4, 4, 2);
  private static final Convolution CONVOLUTION =
      new Convolution(2, new Window(3, 3, 1, 1, Padding.SAME), 1, 1, 1, true);

  private final GraphBuilder builder = new GraphBuilder();

  @Test
  void builderInfersShapes() {
    int input = builder.add("input", 0, new Input(IMAGE), List.of());
    int conv = builder.add("conv", 0, CONVOLUTION, List.of(input));
    int flat = builder.add("flat", 0, new Flatten(), List.of(conv));
    Graph graph = builder.build();

    assertThat(builder.shape(conv)).isEqualTo(IMAGE);
    assertThat(graph.inputShape()).isEqualTo(IMAGE);
    assertThat(graph.outputShape()).isEqualTo(Shape.of(32));
    assertThat(graph.output()).isEqualTo(flat);
    assertThat(graph.layerNames()).containsExactly("input", "conv", "flat");
  }

  @Test
  void shapeThatDoesNotFitIsRefusedWithTheLayer() {
    int input = builder.add("input", 0, new Input(IMAGE), List.of());

    assertThatThrownBy(() -> builder.add("sum", 0, new Merge(Merge.Operation.ADD), List.of(input)))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessage("layer sum: expected at least two inputs of the same shape, found [(4, 4, 2)]");
  }

  @Test
  void layerCalledWithOtherVariablesIsRefused() {
    int input = builder.add("input", 0, new Input(Shape.of(4, 4, 3)), List.of());
    int conv = builder.add("conv", 0, CONVOLUTION, List.of(input));

    assertThatThrownBy(() -> builder.add("conv", 1, CONVOLUTION, List.of(conv)))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessageStartingWith("layer conv is called with inputs that need different variables: ")
        .hasMessageContainingAll("(3, 3, 3, 2)", "(3, 3, 2, 2)");
  }

  @Test
  void layerCalledTwiceNeedsItsVariablesOnce() {
    int input = builder.add("input", 0, new Input(IMAGE), List.of());
    int first = builder.add("conv", 0, CONVOLUTION, List.of(input));
    builder.add("conv", 1, CONVOLUTION, List.of(first));
    Graph graph = builder.build();

    assertThat(graph.variables()).containsOnlyKeys("conv");
    assertThat(graph.convolutions()).containsExactly("conv");
    assertThat(graph.convolutionCalls("conv")).containsExactly(1, 2);
    assertThat(graph.convolutionCalls("input")).isEmpty();
  }

  @Test
  void emptyGraphIsRefused() {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessage("a graph needs at least one node");
  }

  @Test
  void secondInputIsRefused() {
    int input = builder.add("input", 0, new Input(IMAGE), List.of());
    int other = builder.add("other", 0, new Input(IMAGE), List.of());
    builder.add("add", 0, new Merge(Merge.Operation.ADD), List.of(input, other));

    assertThatThrownBy(builder::build)
        .hasMessage("expected one input layer, the first; found layer other at place 1");
  }

  @Test
  void graphThatBeginsWithoutAnInputIsRefused() {
    Node flat = new Node("flat", 0, new Flatten(), List.of(), Shape.of(2));

    assertThatThrownBy(() -> new Graph(List.of(flat)))
        .hasMessage("expected one input layer, the first; found layer flat at place 0");
  }

  @Test
  void outputThatLeadsNowhereIsRefused() {
    int input = builder.add("input", 0, new Input(IMAGE), List.of());
    builder.add("lost", 0, new Flatten(), List.of(input));
    builder.add("flat", 0, new Flatten(), List.of(input));

    assertThatThrownBy(builder::build).hasMessage("the output of layer lost leads nowhere");
  }

  @Test
  void nodeBeforeItsInputIsRefused() {
    Node input = new Node("input", 0, new Input(IMAGE), List.of(), IMAGE);
    Node self = new Node("self", 0, new Identity(), List.of(1), IMAGE);

    assertThatThrownBy(() -> new Graph(List.of(input, self)))
        .hasMessage("layer self takes the output of node 1, which does not come before it");
  }

  @Test
  void outputsOfALayerIncludeItsActivationForEveryCall() {
    Graph graph =
        new NetworkSketch(1, 4, 4, 2)
            .convolution("conv", 2)
            .fused(Relu.PLAIN)
            .convolution("conv", 2)
            .fused(Relu.PLAIN)
            .classes(3)
            .graph();

    assertThat(graph.outputsOf("conv")).containsExactly(2, 4);
    assertThat(graph.convolutionCalls("conv")).containsExactly(1, 3);
    assertThatThrownBy(() -> graph.outputsOf("none"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no layer none");
  }

  @Test
  void dependentsAndConsumersOfABranch() {
    NetworkSketch sketch = new NetworkSketch(1, 4, 4, 2).convolution("a", 2);
    int a = sketch.last();
    Graph graph = sketch.convolution("b", 2).plus("add", a).classes(3).graph();

    assertThat(graph.consumers(a)).containsExactly(2, 3);
    assertThat(graph.dependingOn(List.of(2)))
        .containsExactly(false, false, false, true, true, true, true);
    assertThat(graph.dependingOn(List.of(a, 2)))
        .containsExactly(false, false, true, true, true, true, true);
  }

  @Test
  void nodeThatTakesAnOutputTwiceIsOneConsumer() {
    NetworkSketch sketch = new NetworkSketch(1, 4, 4, 2).convolution("a", 2);
    Graph graph = sketch.plus("twice", sketch.last()).classes(3).graph();

    assertThat(graph.consumers(1)).containsExactly(2);
  }
}
