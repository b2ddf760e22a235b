package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.network.Footprint;
import backsweep.network.Graph;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import java.io.Serializable;
import java.util.List;

/**
 * How many images, and pairs of an image and a step, go through the parts of a network at a time:
 * as many as {@link #MOST_BYTES} hold, by {@link Footprint#peak}, but at least one, and no more
 * than a block has or a person allows. They are known from the architecture alone, so they are the
 * same on every machine.
 *
 * @param statistics images that go to the statistics layer
 * @param prefix images that go to the cut; their pairs go through the suffix before the next images
 * @param pairs pairs that go through the suffix
 * @param whole images that go through the whole network
 */
record BatchSizes(int statistics, int prefix, int pairs, int whole) implements Serializable {

  /** The most that a batch of more than one takes beside the weights: 256 MiB. */
  static final long MOST_BYTES = 1L << 28;

  /** Checks that all are positive. */
  BatchSizes {
    if (Math.min(Math.min(statistics, prefix), Math.min(pairs, whole)) < 1) {
      throw new IllegalArgumentException(
          "at least one at a time, found %d, %d and %d images, %d pairs"
              .formatted(statistics, prefix, whole, pairs));
    }
  }

  /** Whole blocks, and so many pairs, as for small networks. */
  static BatchSizes blocks(int pairs) {
    return new BatchSizes(ImageBlock.IMAGES, ImageBlock.IMAGES, pairs, ImageBlock.IMAGES);
  }

  /**
   * Those of a network at its pruning point.
   *
   * @param mostPairs the most pairs at a time
   */
  static BatchSizes of(Graph graph, PruningPoint point, int mostPairs) {
    List<Integer> crossing = point.cut().crossing();
    List<Integer> output = List.of(graph.output());
    return new BatchSizes(
        images(graph, point.statistics()),
        images(graph, crossing),
        fitting(Footprint.peak(graph, crossing, output), mostPairs),
        images(graph, output));
  }

  /** Images that are run up to some nodes; their pixels come by way of two copies. */
  private static int images(Graph graph, List<Integer> wanted) {
    Shape input = graph.inputShape();
    long values = Footprint.peak(graph, List.of(0), wanted) + 2L * input.size();
    return fitting(values, ImageBlock.IMAGES);
  }

  private static int fitting(long values, int most) {
    return (int) Math.max(1, Math.min(most, MOST_BYTES / (Float.BYTES * values)));
  }
}
