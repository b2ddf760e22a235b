package backsweep.stages;

import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningOrder;

/**
 * A defence whose channels are in order.
 *
 * @param begun what is to be done, and what was before
 * @param statistics of its channels
 * @param order in which they are pruned
 */
record Ordered(Begun begun, ChannelStatistics statistics, PruningOrder order) {

  /** What is to be done. */
  DefencePlan plan() {
    return begun.plan();
  }

  /** What earlier runs committed of it. */
  Recalled recalled() {
    return begun.recalled();
  }
}
