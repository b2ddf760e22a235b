package backsweep.stages;

import backsweep.network.Network;
import backsweep.network.PruningPoint;
import java.io.Serializable;

/**
 * A network as it travels to executors that follow its gradients.
 *
 * @param network its architecture and weights
 * @param inputScale what pixels are divided by before its first layer
 * @param point where it is pruned
 */
record CarriedNetwork(Network network, float inputScale, PruningPoint point)
    implements Serializable {

  /** The network that a plan is about. */
  static CarriedNetwork of(DefencePlan plan) {
    return new CarriedNetwork(
        plan.subject().network(), plan.subject().file().inputScale(), plan.point());
  }
}
