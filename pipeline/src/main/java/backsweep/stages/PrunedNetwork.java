package backsweep.stages;

import backsweep.network.ChannelMask;

/**
 * A network as a repair prunes it.
 *
 * @param defence that the repair is of
 * @param repair one of its repairs
 */
record PrunedNetwork(Defence defence, Repair repair) {

  /** What the defence does. */
  DefencePlan plan() {
    return defence.plan();
  }

  /** The channels that are kept, where the repair has a step. */
  ChannelMask kept() {
    return defence.order().maskAt(repair.step().getAsInt());
  }

  /** The network, the criterion and the rule, for operators. */
  String description() {
    return "%s, %s, X = %s"
        .formatted(
            plan().subject().name(), plan().criterion().label(), repair.rule().shortestDrop());
  }
}
