package backsweep.pruning;

import backsweep.network.PruningPoint;

/**
 * What makes an order of the channels. Closed; every result names the one it came from.
 *
 * <p>Criteria see clean validation images and the network itself, never test images or poisoned
 * ones: a defender has nothing else.
 */
public sealed interface Criterion
    permits ActivationCriterion,
        KernelNorm,
        ChannelLipschitz,
        GradientCriterion,
        RandomOrder,
        Unpruned,
        GivenOrder {

  /** Its name in options, files and tables. */
  String label();

  /** The order in which channels are pruned. */
  PruningOrder order(Evidence evidence);

  /**
   * Checks what can be known before anything is computed.
   *
   * @throws InvalidOrderException if it cannot order the channels that are pruned there
   */
  default void requireFits(PruningPoint point) {}

  /** Whether others are only compared with it: no network is repaired by a baseline. */
  default boolean isBaseline() {
    return false;
  }

  /** What beside its name and the evidence the order depends on, as text; nothing by default. */
  default String ingredients() {
    return "";
  }
}
