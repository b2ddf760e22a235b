package backsweep.pruning;

/**
 * A criterion whose scores take gradients of the loss on clean validation images. They are computed
 * elsewhere; here they become an order: lowest first.
 */
public sealed interface GradientCriterion extends Criterion
    permits TaylorImportance, AdversarialPruning {

  /** Where the scores come from. */
  @FunctionalInterface
  interface Source {

    /** The score of every channel, {@code (channel)}. */
    double[] scores(GradientCriterion criterion);
  }

  @Override
  default PruningOrder order(Evidence evidence) {
    return PruningOrder.increasing(evidence.gradients().scores(this));
  }
}
