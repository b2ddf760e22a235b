package backsweep.pruning;

import backsweep.network.ChannelMask;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The order in which channels are pruned. Step 0 prunes nothing, step s the first s channels.
 *
 * @param channels the number of channels there are
 * @param pruned the channels in the order in which they are pruned; those left out never are
 * @param scores the score of every channel in {@code pruned}, or empty where the order has none
 */
public record PruningOrder(int channels, List<Integer> pruned, List<Double> scores)
    implements Serializable {

  /** The rank of a channel that is never pruned. */
  public static final int NEVER = Integer.MAX_VALUE;

  /** Checks that every channel exists, that none comes twice, and the number of scores. */
  public PruningOrder {
    pruned = List.copyOf(pruned);
    scores = List.copyOf(scores);
    for (int channel : pruned) {
      if (channel < 0 || channel >= channels) {
        throw new InvalidOrderException(
            "channels go from 0 to %d, found %d".formatted(channels - 1, channel));
      }
    }
    if (new HashSet<>(pruned).size() < pruned.size()) {
      throw new InvalidOrderException("every channel may be pruned once, found " + pruned);
    }
    if (!scores.isEmpty() && scores.size() != pruned.size()) {
      throw new IllegalArgumentException(
          "expected a score for each of %d channels or none, found %d"
              .formatted(pruned.size(), scores.size()));
    }
  }

  /** All channels by increasing score, ties by channel index. */
  static PruningOrder increasing(double[] scores) {
    // + 0.0: a tie of 0 and -0, which Double.compare does not see
    return sorted(scores, Comparator.comparingDouble(channel -> scores[channel] + 0.0));
  }

  /**
   * All channels by increasing score, ties by others, then by channel index.
   *
   * @param ties a number for each channel; the lower one comes first
   */
  static PruningOrder increasing(double[] scores, double[] ties) {
    Comparator<Integer> byScore = Comparator.comparingDouble(channel -> scores[channel] + 0.0);
    return sorted(scores, byScore.thenComparingDouble(channel -> ties[channel] + 0.0));
  }

  /** All channels by decreasing score, ties by channel index. */
  static PruningOrder decreasing(double[] scores) {
    return sorted(scores, Comparator.comparingDouble(channel -> -scores[channel] + 0.0));
  }

  private static PruningOrder sorted(double[] scores, Comparator<Integer> order) {
    for (int channel = 0; channel < scores.length; channel++) {
      if (!Double.isFinite(scores[channel])) {
        throw new InvalidOrderException(
            "expected a finite score for every channel, found %s for channel %d"
                .formatted(scores[channel], channel));
      }
    }
    List<Integer> pruned = IntStream.range(0, scores.length).boxed().sorted(order).toList();
    return new PruningOrder(
        scores.length, pruned, pruned.stream().map(channel -> scores[channel]).toList());
  }

  /** An order that somebody else made, without scores. */
  public static PruningOrder given(int channels, List<Integer> pruned) {
    return new PruningOrder(channels, pruned, List.of());
  }

  /** The number of steps after step 0, which is that of the channels pruned in the end. */
  public int lastStep() {
    return pruned.size();
  }

  /** The channel pruned at a step, from 1 to the last. */
  public int channelAt(int step) {
    return pruned.get(step - 1);
  }

  /** The channel pruned at a step as tables name it: -1 at step 0, which prunes none. */
  public int channelPrunedAt(int step) {
    return step == 0 ? -1 : channelAt(step);
  }

  /** The score of the channel pruned at a step, where the order has scores. */
  public OptionalDouble scoreAt(int step) {
    return scores.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(scores.get(step - 1));
  }

  /** The step at which every channel is pruned, {@link #NEVER} for those that are not. */
  public int[] ranks() {
    int[] ranks = new int[channels];
    Arrays.fill(ranks, NEVER);
    for (int step = 1; step <= lastStep(); step++) {
      ranks[channelAt(step)] = step;
    }
    return ranks;
  }

  /** The mask after a step. */
  public ChannelMask maskAt(int step) {
    return ChannelMask.pruning(channels, pruned.subList(0, step));
  }
}
