package backsweep.pruning;

import backsweep.network.Network;
import backsweep.network.PruningPoint;

/**
 * What a defender knows when the order is made.
 *
 * @param network the network
 * @param point where it is pruned
 * @param statistics what the channels do on clean validation images
 * @param gradients what gradients of the loss on them say; computed only where it is asked
 */
public record Evidence(
    Network network,
    PruningPoint point,
    ChannelStatistics statistics,
    GradientCriterion.Source gradients) {}
