package backsweep.pruning;

import java.util.List;

/**
 * What the channels of the statistics layer do on clean validation images.
 *
 * @param images the number of images
 * @param channels the channels by their index
 */
public record ChannelStatistics(long images, List<Channel> channels) {

  /**
   * What one channel does.
   *
   * @param mean activation over images and positions
   * @param maximum activation over images and positions
   * @param activeShare share of images in which the channel is not 0 everywhere
   * @param zeroShare share of zeros over images and positions
   */
  public record Channel(double mean, double maximum, double activeShare, double zeroShare) {}

  /** Copies the list. */
  public ChannelStatistics {
    channels = List.copyOf(channels);
  }

  /** What a channel does. */
  public Channel channel(int index) {
    return channels.get(index);
  }

  /**
   * Checks that every channel has a mean.
   *
   * @param layer the layer that was measured, for the message
   * @throws NonFiniteActivationsException if one is not finite
   */
  public void requireFinite(String layer) {
    for (int channel = 0; channel < channels.size(); channel++) {
      double mean = channel(channel).mean();
      if (!Double.isFinite(mean)) {
        throw new NonFiniteActivationsException(layer, channel, mean);
      }
    }
  }
}
