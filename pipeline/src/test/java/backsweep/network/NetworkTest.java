package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.testing.NetworkSketch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final Network NETWORK =
      new NetworkSketch(1, 4, 4, 2).convolution("conv", 3).classes(5);

  @Test
  void missingLayerIsRefused() {
    Map<String, Map<String, Tensor>> weights = weights();
    weights.remove("conv");

    checkRefused(weights, "layer conv: expected the weights [kernel, bias], kernel is missing");
  }

  @Test
  void missingVariableIsRefused() {
    Map<String, Map<String, Tensor>> weights = weights();
    weights.put("output", Map.of("kernel", NETWORK.weights().get("output", "kernel")));

    checkRefused(weights, "layer output: expected the weights [kernel, bias], bias is missing");
  }

  @Test
  void otherShapeIsRefused() {
    Map<String, Map<String, Tensor>> weights = weights();
    weights.get("conv").put("bias", Tensor.of(Shape.of(1, 3), 1, 2, 3));

    checkRefused(weights, "layer conv: expected bias of shape (3), found (1, 3)");
  }

  @Test
  void superfluousVariableIsRefused() {
    Map<String, Map<String, Tensor>> weights = weights();
    weights.get("output").put("scale", Tensor.of(Shape.of(1), 1));

    assertThatThrownBy(() -> new Network(NETWORK.graph(), new Weights(weights)))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessageStartingWith("layer output: expected the weights [kernel, bias], found [")
        .hasMessageContaining("scale");
  }

  @Test
  void weightsOfALayerWithoutAnyAreRefused() {
    Map<String, Map<String, Tensor>> weights = weights();
    weights.put("flatten", Map.of("kernel", Tensor.of(Shape.of(1), 1)));

    checkRefused(weights, "layer flatten: expected no weights, found [kernel]");
  }

  @Test
  void emptyEntryOfALayerWithoutWeightsIsAllowed() {
    Map<String, Map<String, Tensor>> weights = weights();
    weights.put("flatten", Map.of());

    assertThat(new Network(NETWORK.graph(), new Weights(weights)).classes()).isEqualTo(5);
  }

  @Test
  void outputWithPositionsIsRefused() {
    assertThatThrownBy(() -> new NetworkSketch(1, 4, 4, 2).convolution("conv", 3).network())
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessage("expected one score a class as the output, found shape (4, 4, 3)");
  }

  @Test
  void prunedNetworkHasOneConvolutionMasked() {
    Network pruned = NETWORK.pruned("conv", ChannelMask.pruning(3, List.of(0, 1, 2)));

    assertThat(pruned.weights().get("conv", "bias").sameValues(Tensor.of(Shape.of(3), 0, 0, 0)))
        .isTrue();
    assertThat(pruned.weights().of("output")).isEqualTo(NETWORK.weights().of("output"));
    assertThat(pruned.graph()).isEqualTo(NETWORK.graph());
  }

  private static Map<String, Map<String, Tensor>> weights() {
    Map<String, Map<String, Tensor>> weights = new HashMap<>();
    NETWORK.weights().byLayer().forEach((layer, own) -> weights.put(layer, new HashMap<>(own)));
    return weights;
  }

  private static void checkRefused(Map<String, Map<String, Tensor>> weights, String message) {
    assertThatThrownBy(() -> new Network(NETWORK.graph(), new Weights(weights)))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessage(message);
  }

  private static NetworkSketch endingIn(Activation activation) {
    return new NetworkSketch(1, 2, 2, 1)
        .then("flatten", new Flatten())
        .then("output", new Dense(4, true))
        .activation("last", activation);
  }

  @Test
  void softmaxAndSigmoidsGiveProbabilitiesInAnyShape() {
    for (Activation.Plain last :
        List.of(
            Activation.Plain.SOFTMAX,
            Activation.Plain.SIGMOID,
            Activation.Plain.HARD_SIGMOID,
            Activation.Plain.STEEP_HARD_SIGMOID)) {
      assertThat(endingIn(last).network().answersProbabilities()).as("%s", last).isTrue();
      Network reshaped =
          endingIn(last)
              .then("dropout", new Identity())
              .then("reshape", new Reshape(Shape.of(2, 2)))
              .then("permute", new Permutation(List.of(1, 0)))
              .then("again", new Flatten())
              .network();
      assertThat(reshaped.answersProbabilities()).as("%s", last).isTrue();
    }
  }

  @Test
  void othersNeedNotGiveProbabilities() {
    assertThat(endingIn(Activation.Plain.LINEAR).network().answersProbabilities()).isFalse();
    assertThat(endingIn(Activation.Plain.TANH).network().answersProbabilities()).isFalse();
    assertThat(endingIn(Activation.Relu.PLAIN).network().answersProbabilities()).isFalse();
    Network behind =
        endingIn(Activation.Plain.SOFTMAX).then("logits", new Dense(3, true)).network();
    assertThat(behind.answersProbabilities()).isFalse();
    Network flat = new NetworkSketch(1, 2, 2, 1).then("flatten", new Flatten()).network();
    assertThat(flat.answersProbabilities()).isFalse();
  }
}
