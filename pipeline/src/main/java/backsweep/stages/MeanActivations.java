package backsweep.stages;

import backsweep.inference.BlockStatistics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the channels of a layer do on average on some images.
 *
 * @param images how many
 * @param channels by their index
 */
record MeanActivations(int images, List<Channel> channels) implements Serializable {

  /**
   * What one channel does.
   *
   * @param mean over images and positions; not finite where an activation is not
   * @param deviation the standard deviation, over the images, of the mean over the positions
   */
  record Channel(double mean, double deviation) implements Serializable {}

  /** Of images that were measured. */
  static MeanActivations of(BlockStatistics found) {
    List<Channel> channels = new ArrayList<>();
    for (int channel = 0; channel < found.channels(); channel++) {
      channels.add(channel(found, channel));
    }
    return new MeanActivations(found.images(), channels);
  }

  private static Channel channel(BlockStatistics found, int channel) {
    double sum = 0;
    for (int image = 0; image < found.images(); image++) {
      sum += found.mean(image, channel);
    }
    double mean = sum / found.images();
    double squares = 0;
    for (int image = 0; image < found.images(); image++) {
      double difference = found.mean(image, channel) - mean;
      squares += difference * difference;
    }
    return new Channel(mean, Math.sqrt(squares / found.images()));
  }
}
