package backsweep.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import backsweep.inference.ImportancePredictor;
import backsweep.inference.Threads;
import backsweep.network.Activation.Plain;
import backsweep.network.Convolution;
import backsweep.network.Flatten;
import backsweep.network.LayerNormalization;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.PruningPoint;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Window;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Pixels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Computed by hand; that the importance is that of a Keras is {@code GradientsInKerasTest}'s. */
class ImportanceModelTest {

  private static final Convolution POINTWISE =
      new Convolution(2, new Window(1, 1, 1, 1, Padding.VALID), 1, 1, 1, true);

  /** Two positions, two channels, no activation, two classes. */
  private static final Network SMALL =
      new NetworkSketch(6, 1, 2, 1).then("conv", POINTWISE).classes(2);

  private static PruningPoint point(Network network) {
    return PruningPoint.of(network, Optional.of("conv"), Optional.empty());
  }

  /** Of one image: |mean over positions of dL/da a| with dL/dscore = probability - wanted. */
  private static double[] byHand(float[] image, int label) {
    double[][] a = new double[2][2];
    double[] score = new double[2];
    for (int place = 0; place < 2; place++) {
      for (int channel = 0; channel < 2; channel++) {
        a[place][channel] = weight("conv", "kernel", channel) * image[place];
        a[place][channel] += weight("conv", "bias", channel);
        for (int to = 0; to < 2; to++) {
          score[to] += a[place][channel] * output(place, channel, to);
        }
      }
    }
    double first = 1 / (1 + Math.exp(score[1] + bias(1) - score[0] - bias(0)));
    double[] slope = {first - (label == 0 ? 1 : 0), 1 - first - (label == 1 ? 1 : 0)};
    double[] importance = new double[2];
    for (int channel = 0; channel < 2; channel++) {
      double sum = 0;
      for (int place = 0; place < 2; place++) {
        double gradient =
            slope[0] * output(place, channel, 0) + slope[1] * output(place, channel, 1);
        sum += gradient * a[place][channel];
      }
      importance[channel] = Math.abs(sum / 2);
    }
    return importance;
  }

  private static double weight(String layer, String name, int index) {
    return SMALL.weights().get(layer, name).at(index);
  }

  private static double output(int place, int channel, int to) {
    return weight("output", "kernel", (place * 2 + channel) * 2 + to);
  }

  private static double bias(int to) {
    return weight("output", "bias", to);
  }

  @Test
  void isTheMeanOverPositionsOfGradientTimesAnswer() {
    float[] values = {3, -1, 0.5f, 2};
    int[] labels = {0, 1};
    try (ImportancePredictor predictor =
        new ImportancePredictor(
            new NetworkModels(SMALL, 1).importance(point(SMALL)), new Threads(2, 2))) {
      double[] sums = predictor.sums(new Pixels(2, values), labels);

      double[] one = byHand(new float[] {3, -1}, 0);
      double[] other = byHand(new float[] {0.5f, 2}, 1);
      double[] expected = {one[0] + other[0], one[1] + other[1]};
      assertThat(expected).doesNotContain(0);
      assertThat(sums).containsExactly(expected, within(1e-6));
    }
  }

  @Test
  void needsANetworkThatEndsInSoftmax() {
    Network scores =
        new NetworkSketch(6, 1, 2, 1).then("conv", POINTWISE).then("flat", new Flatten()).network();

    assertThatThrownBy(() -> new NetworkModels(scores, 1).requireGradients(point(scores)))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith("gradients need a network that ends in softmax, found Flatten");
  }

  @Test
  void needsGradientsBehindTheConvolutionOnly() {
    LayerNormalization unknown = new LayerNormalization(List.of(2), 1e-3f, true, true);
    Network before =
        new NetworkSketch(6, 4, 4, 3).then("normal", unknown).convolution("conv", 2).classes(3);
    Network behind =
        new NetworkSketch(6, 4, 4, 3)
            .convolution("conv", 2)
            .activation("active", Plain.TANH)
            .then("normal", unknown)
            .classes(3);

    new NetworkModels(before, 1).requireGradients(point(before));
    assertThatThrownBy(() -> new NetworkModels(behind, 1).requireGradients(point(behind)))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith("gradients are not known of LayerNormalization[")
        .hasMessageContaining("of layer normal; they are of: Activate, BatchNormalization");
  }
}
