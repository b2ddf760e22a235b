package backsweep.training;

import backsweep.network.Network;
import backsweep.network.PruningPoint;
import java.io.Serializable;

/**
 * A network and where it is pruned, as it travels to those who follow its gradients.
 *
 * @param network its architecture and weights, before pruning
 * @param inputScale what pixels are divided by before its first layer
 * @param point where it is pruned
 */
public record PrunableNetwork(Network network, float inputScale, PruningPoint point)
    implements Serializable {}
