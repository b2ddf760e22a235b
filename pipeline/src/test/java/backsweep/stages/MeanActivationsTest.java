package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.BlockStatistics;
import backsweep.stages.MeanActivations.Channel;
import org.junit.jupiter.api.Test;

class MeanActivationsTest {

  private static MeanActivations of(int images, int channels, double... means) {
    return MeanActivations.of(
        new BlockStatistics(
            images, channels, 4, means, new float[means.length], new int[means.length]));
  }

  @Test
  void meanAndDeviationAreOverTheImages() {
    MeanActivations found = of(4, 2, 1, -2, 3, -2, 1, -2, 3, -2);

    assertThat(found.images()).isEqualTo(4);
    assertThat(found.channels()).containsExactly(new Channel(2, 1), new Channel(-2, 0));
  }

  @Test
  void oneImageDeviatesFromNoOther() {
    assertThat(of(1, 3, 0.25, 0, -7).channels())
        .containsExactly(new Channel(0.25, 0), new Channel(0, 0), new Channel(-7, 0));
  }

  /** Squares are beyond the range of a float, and sums of floats would lose what is small. */
  @Test
  void largeAndSmallValuesAreInDouble() {
    double large = 0x1p126;

    assertThat(of(2, 2, 3 * large, 1e8, large, 1e8 + 1).channels())
        .containsExactly(new Channel(2 * large, large), new Channel(1e8 + 0.5, 0.5));
  }

  @Test
  void whatIsNotFiniteCostsItsOwnChannelOnly() {
    MeanActivations found =
        of(2, 3, Double.NaN, Double.POSITIVE_INFINITY, 1, 1, Double.POSITIVE_INFINITY, 3);

    assertThat(found.channels())
        .containsExactly(
            new Channel(Double.NaN, Double.NaN),
            new Channel(Double.POSITIVE_INFINITY, Double.NaN),
            new Channel(2, 1));
  }
}
