package backsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

  private static final Shape FACE = Shape.of(55, 47, 3);

  @ParameterizedTest
  @CsvSource({"deepid, DEEPID", "batch-normalized, BATCH_NORMALIZED"})
  void hasANameForPeople(String label, Architecture architecture) {
    assertThat(Architecture.named(label)).isEqualTo(architecture);
    assertThat(architecture.label()).isEqualTo(label);
  }

  @Test
  void anUnknownNameIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> Architecture.named("resnet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no architecture named \"resnet\"; there are: deepid, batch-normalized");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void tellsAnyNumberOfClassesApartInImagesOfAnyShape(Architecture architecture) {
    Shape photograph = Shape.of(64, 96, 1);

    assertThat(architecture.graph(FACE, 2).outputShape()).isEqualTo(Shape.of(2));
    assertThat(architecture.graph(photograph, 1283).inputShape()).isEqualTo(photograph);
    assertThat(architecture.graph(photograph, 1283).outputShape()).isEqualTo(Shape.of(1283));
  }

  @ParameterizedTest
  @CsvSource({"DEEPID, 31", "BATCH_NORMALIZED, 8"})
  void imagesMayBeSmallButNotTooSmall(Architecture architecture, int smallest) {
    assertThat(architecture.graph(Shape.of(smallest, smallest, 1), 10).outputShape())
        .isEqualTo(Shape.of(10));
    for (Shape small : new Shape[] {Shape.of(smallest - 1, 99, 3), Shape.of(99, smallest - 1, 3)}) {
      assertThatThrownBy(() -> architecture.graph(small, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "%s takes images of at least %dx%d as (height, width, channel), found %s",
              architecture.label(), smallest, smallest, small);
    }
  }

  /** The limits are those of the layers: below them no graph could be made. */
  @ParameterizedTest
  @CsvSource({"DEEPID, 30", "BATCH_NORMALIZED, 7"})
  void theLimitIsThatOfTheLayers(Architecture architecture, int size) {
    Sketch images = new Sketch(Shape.of(size, size, 3));

    assertThatThrownBy(() -> architecture.sketch(images, 10))
        .isInstanceOf(InvalidNetworkException.class)
        .hasMessageContaining("does not fit into an input of shape");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void vectorsAreNoImages(Architecture architecture) {
    assertThatThrownBy(() -> architecture.graph(Shape.of(4096), 10))
        .hasMessageContaining("as (height, width, channel), found (4096)");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void oneClassIsNoneToTellApart(Architecture architecture) {
    assertThatThrownBy(() -> architecture.graph(FACE, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s tells at least 2 classes apart, found 1", architecture.label());
  }

  @ParameterizedTest
  @CsvSource({"DEEPID, conv_3, 60, pool_3", "BATCH_NORMALIZED, conv_3, 64, pool_3"})
  void isPrunedAtItsThirdConvolution(
      Architecture architecture, String convolution, int channels, String statistics) {
    PruningPoint point = PruningPoint.of(network(architecture), Optional.empty(), Optional.empty());

    assertThat(point.convolution()).isEqualTo(convolution);
    assertThat(point.channels()).isEqualTo(channels);
    assertThat(point.statisticsLayer()).isEqualTo(statistics);
  }

  @Test
  void aNormalisationThatShiftsKeepsTheMaskAtTheConvolution() {
    Network untrained = network(Architecture.BATCH_NORMALIZED);
    Map<String, Map<String, Tensor>> weights = new HashMap<>(untrained.weights().byLayer());
    weights.compute("norm_3", (layer, own) -> shifted(own));
    Network trained = new Network(untrained.graph(), new Weights(weights));

    assertThat(maskedLayer(network(Architecture.DEEPID))).isEqualTo("pool_3");
    assertThat(maskedLayer(untrained)).isEqualTo("pool_3");
    assertThat(maskedLayer(trained)).isEqualTo("conv_3");
  }

  private static Map<String, Tensor> shifted(Map<String, Tensor> normalisation) {
    Map<String, Tensor> shifted = new HashMap<>(normalisation);
    float[] beta = new float[64];
    beta[5] = 0.25f;
    shifted.put("beta", Tensor.of(Shape.of(64), beta));
    return shifted;
  }

  private static String maskedLayer(Network network) {
    PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
    return network.graph().node(point.cut().masks().get(0)).name();
  }

  private static Network network(Architecture architecture) {
    Graph graph = architecture.graph(FACE, 40);
    return new Network(graph, InitialWeights.of(graph, 1));
  }
}
