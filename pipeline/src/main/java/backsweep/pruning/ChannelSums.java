package backsweep.pruning;

import backsweep.pruning.ChannelStatistics.Channel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums over images of what the channels of the statistics layer do. A value with an identity,
 * {@link #none}, and a {@link #merge}.
 *
 * <p>Sums are in double and depend on the order of merging in their last bits: merge blocks in
 * their order and the result is the same however they were computed.
 */
public final class ChannelSums implements Serializable {

  private static final long serialVersionUID = 1;

  private final long images;
  private final long positions;
  private final double[] meanSums;
  private final float[] maxima;
  private final long[] activeImages;
  private final long[] zeros;

  private ChannelSums(
      long images,
      long positions,
      double[] meanSums,
      float[] maxima,
      long[] activeImages,
      long[] zeros) {
    this.images = images;
    this.positions = positions;
    this.meanSums = meanSums;
    this.maxima = maxima;
    this.activeImages = activeImages;
    this.zeros = zeros;
  }

  /** The sums of no images. */
  public static ChannelSums none(int channels) {
    float[] maxima = new float[channels];
    Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
    return new ChannelSums(
        0, 0, new double[channels], maxima, new long[channels], new long[channels]);
  }

  /**
   * The sums of some images.
   *
   * @param images their number
   * @param positions positions of a channel in one image
   * @param means mean over the positions, {@code (image, channel)}
   * @param maxima maximum over the positions, {@code (image, channel)}
   * @param zeros positions that are exactly 0, {@code (image, channel)}
   */
  public static ChannelSums of(
      int images, int positions, double[] means, float[] maxima, int[] zeros) {
    ChannelSums sums = none(means.length / images);
    for (int i = 0; i < means.length; i++) {
      sums.count(i % sums.channels(), means[i], maxima[i], zeros[i], positions);
    }
    return new ChannelSums(
        images,
        (long) images * positions,
        sums.meanSums,
        sums.maxima,
        sums.activeImages,
        sums.zeros);
  }

  private void count(int channel, double mean, float maximum, int zero, int positions) {
    meanSums[channel] += mean;
    maxima[channel] = Math.max(maxima[channel], maximum);
    activeImages[channel] += zero < positions ? 1 : 0;
    zeros[channel] += zero;
  }

  /**
   * These sums and those of the images that follow.
   *
   * @throws IllegalArgumentException if they are of different channels
   */
  public ChannelSums merge(ChannelSums next) {
    if (next.channels() != channels()) {
      throw new IllegalArgumentException(
          "expected sums of %d channels, found %d".formatted(channels(), next.channels()));
    }
    ChannelSums merged = none(channels());
    for (int channel = 0; channel < channels(); channel++) {
      merged.meanSums[channel] = meanSums[channel] + next.meanSums[channel];
      merged.maxima[channel] = Math.max(maxima[channel], next.maxima[channel]);
      merged.activeImages[channel] = activeImages[channel] + next.activeImages[channel];
      merged.zeros[channel] = zeros[channel] + next.zeros[channel];
    }
    return new ChannelSums(
        images + next.images,
        positions + next.positions,
        merged.meanSums,
        merged.maxima,
        merged.activeImages,
        merged.zeros);
  }

  /** The number of channels. */
  public int channels() {
    return meanSums.length;
  }

  /** The means and shares of these sums. */
  public ChannelStatistics statistics() {
    return new ChannelStatistics(
        images, IntStream.range(0, channels()).mapToObj(this::channel).toList());
  }

  private Channel channel(int channel) {
    return new Channel(
        meanSums[channel] / images,
        maxima[channel],
        (double) activeImages[channel] / images,
        (double) zeros[channel] / positions);
  }
}
