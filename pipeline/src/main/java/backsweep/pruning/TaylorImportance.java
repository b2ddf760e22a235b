package backsweep.pruning;

/**
 * Increasing first-order change of the loss if a channel were pruned: the mean over images of
 * {@code |mean over positions of dL/da a|}, {@code a} what the convolution answers and {@code L}
 * the cross-entropy of the image (Molchanov et al., "Pruning Convolutional Neural Networks for
 * Resource Efficient Inference", ICLR 2017, equation 8; not normalised, as one layer is pruned).
 */
public record TaylorImportance() implements GradientCriterion {

  @Override
  public String label() {
    return "taylor";
  }
}
