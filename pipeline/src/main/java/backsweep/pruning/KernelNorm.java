package backsweep.pruning;

import backsweep.network.Tensor;

/**
 * Increasing sum of the absolute weights of a channel's kernel, without its bias: no images are
 * looked at (Li et al., "Pruning Filters for Efficient ConvNets", ICLR 2017).
 */
public record KernelNorm() implements Criterion {

  @Override
  public String label() {
    return "kernel-l1";
  }

  @Override
  public PruningOrder order(Evidence evidence) {
    Tensor kernel = evidence.network().weights().get(evidence.point().convolution(), "kernel");
    double[] norms = new double[kernel.shape().channels()];
    for (int i = 0; i < kernel.shape().size(); i++) {
      norms[i % norms.length] += Math.abs(kernel.at(i));
    }
    return PruningOrder.increasing(norms);
  }
}
