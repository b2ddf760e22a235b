package backsweep.pruning;

import backsweep.pruning.ChannelStatistics.Channel;
import java.util.List;

/** What makes an order of the channels. Closed; every result names the one it came from. */
public sealed interface Criterion {

  /** Its name in options, files and tables. */
  String name();

  /** The order in which channels are pruned. */
  PruningOrder order(ChannelStatistics statistics);

  /**
   * Increasing mean activation on clean validation images, ties by channel index: channels that
   * clean images leave dormant go first (Liu et al. 2018).
   */
  record MeanActivation() implements Criterion {

    @Override
    public String name() {
      return "mean-activation";
    }

    @Override
    public PruningOrder order(ChannelStatistics statistics) {
      double[] means = statistics.channels().stream().mapToDouble(Channel::mean).toArray();
      return PruningOrder.increasing(means);
    }
  }

  /**
   * An order that a person gives; it may leave channels out, which are then never pruned.
   *
   * @param channels the channels in the order in which they are pruned
   */
  record Given(List<Integer> channels) implements Criterion {

    /** Copies the list. */
    public Given {
      channels = List.copyOf(channels);
    }

    @Override
    public String name() {
      return "given";
    }

    @Override
    public PruningOrder order(ChannelStatistics statistics) {
      return PruningOrder.given(statistics.channels().size(), channels);
    }
  }
}
