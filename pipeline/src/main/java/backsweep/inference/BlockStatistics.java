package backsweep.inference;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What was measured of a layer's channels in every image of a block. Arrays are {@code (image,
 * channel)}, row-major.
 *
 * @param images the number of images
 * @param channels the number of channels
 * @param positions the positions of a channel in one image, all calls of the layer together
 * @param means mean activation over the positions; NaN where one is NaN
 * @param maxima largest activation over the positions
 * @param zeros how many positions are exactly 0
 */
@SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
public record BlockStatistics(
    int images, int channels, int positions, double[] means, float[] maxima, int[] zeros)
    implements Serializable {

  /**
   * These and those of the images that follow.
   *
   * @throws IllegalArgumentException if they are of other channels or positions
   */
  public BlockStatistics followedBy(BlockStatistics next) {
    if (next.channels != channels || next.positions != positions) {
      throw new IllegalArgumentException(
          "expected %d channels of %d positions, found %d of %d"
              .formatted(channels, positions, next.channels, next.positions));
    }
    double[] allMeans = Arrays.copyOf(means, means.length + next.means.length);
    System.arraycopy(next.means, 0, allMeans, means.length, next.means.length);
    float[] allMaxima = Arrays.copyOf(maxima, allMeans.length);
    System.arraycopy(next.maxima, 0, allMaxima, maxima.length, next.maxima.length);
    int[] allZeros = Arrays.copyOf(zeros, allMeans.length);
    System.arraycopy(next.zeros, 0, allZeros, zeros.length, next.zeros.length);
    return new BlockStatistics(
        images + next.images, channels, positions, allMeans, allMaxima, allZeros);
  }

  /** The mean activation of one channel in one image. */
  public double mean(int image, int channel) {
    return means[image * channels + channel];
  }

  /** The largest activation of one channel in one image. */
  public float maximum(int image, int channel) {
    return maxima[image * channels + channel];
  }

  /** How many positions of one channel are exactly 0 in one image. */
  public int zeros(int image, int channel) {
    return zeros[image * channels + channel];
  }
}
