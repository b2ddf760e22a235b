package backsweep.stages;

import backsweep.network.ChannelMask;

/**
 * A network as a repair prunes it.
 *
 * @param defence that the repair is of
 * @param repair with a step
 */
record PrunedNetwork(Defence defence, Repair repair) {

  /** The channels that are kept. */
  ChannelMask kept() {
    return defence.order().maskAt(repair.step().getAsInt());
  }

  /** The network, the criterion and the rule, for operators. */
  String description() {
    DefencePlan plan = defence.plan();
    return "%s, %s, X = %s"
        .formatted(plan.subject().name(), plan.criterion().label(), repair.rule().shortestDrop());
  }
}
