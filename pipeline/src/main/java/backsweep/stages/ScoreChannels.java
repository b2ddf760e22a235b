package backsweep.stages;

import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.AdversarialPruning;
import backsweep.pruning.GradientCriterion;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores channels by gradients of the loss on clean validation images, those of all networks side
 * by side.
 */
final class ScoreChannels {

  private static final Logger LOG = LoggerFactory.getLogger(ScoreChannels.class);

  private static final String NOT_FINITE =
      "expected gradients of the loss on clean validation images that are finite,"
          + " found %s in channel %d; the weights are too large, or pixels are not divided by what"
          + " the network was trained with (--input-scale); criteria without gradients may still"
          + " order the channels";

  private final SparkSession spark;
  private final ImageStore store;

  /** Scores on images of a store. */
  ScoreChannels(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * Scores that are wanted.
   *
   * @param plan of which network
   * @param criterion by what
   * @param validation a clean validation set
   */
  record Wanted(DefencePlan plan, GradientCriterion criterion, ImportedImages validation) {

    private boolean isMask() {
      return criterion instanceof AdversarialPruning;
    }
  }

  /**
   * What came of it.
   *
   * @param byChannel the score of every channel, {@code (channel)}; null where there are none
   * @param failure why; null where there are some
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  record Scores(double[] byChannel, String failure) {

    /** Scores, if all are finite. */
    static Scores of(double[] byChannel) {
      for (int channel = 0; channel < byChannel.length; channel++) {
        if (!Double.isFinite(byChannel[channel])) {
          return new Scores(null, NOT_FINITE.formatted(byChannel[channel], channel));
        }
      }
      return new Scores(byChannel, null);
    }

    /**
     * The score of every channel.
     *
     * @throws UnsupportedNetworkException if the loss or a gradient is no finite number
     */
    double[] required() {
      if (failure != null) {
        throw new UnsupportedNetworkException(failure);
      }
      return byChannel;
    }
  }

  /** The scores, in the order in which they are wanted. */
  List<Scores> execute(List<Wanted> wanted) {
    LOG.info(
        "Following gradients for {}",
        String.join(", ", wanted.stream().map(one -> one.criterion().label()).distinct().toList()));
    Scores[] scores = new Scores[wanted.size()];
    int[] masks = places(wanted, true);
    int[] importance = places(wanted, false);
    fill(scores, masks, new LearnMasks(spark, store).execute(at(wanted, masks)));
    fill(scores, importance, new FollowGradients(spark, store).execute(at(wanted, importance)));
    return Arrays.asList(scores);
  }

  private static int[] places(List<Wanted> wanted, boolean isMask) {
    return IntStream.range(0, wanted.size())
        .filter(i -> wanted.get(i).isMask() == isMask)
        .toArray();
  }

  private static List<Wanted> at(List<Wanted> wanted, int[] places) {
    List<Wanted> some = new ArrayList<>();
    for (int place : places) {
      some.add(wanted.get(place));
    }
    return some;
  }

  private static void fill(Scores[] scores, int[] places, List<Scores> found) {
    Iterator<Scores> next = found.iterator();
    for (int place : places) {
      scores[place] = next.next();
    }
  }
}
