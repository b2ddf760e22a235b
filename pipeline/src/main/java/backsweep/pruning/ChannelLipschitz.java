package backsweep.pruning;

import backsweep.network.BatchNormalization;
import backsweep.network.Graph;
import backsweep.network.Node;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Decreasing bound on how much a channel can amplify its input: the largest singular value of its
 * kernel as a matrix {@code (input channel, kernel position)}, times the factor of batch
 * normalisation where that follows. Channels that a small trigger can drive are the most sensitive
 * ones, so they go first; no images are looked at (Zheng et al., "Data-free Backdoor Removal based
 * on Channel Lipschitzness", ECCV 2022).
 *
 * <p>Batch normalisation counts where it, and nothing else, takes the convolution's output: it is
 * found in the graph, not by the order of layers. Its factor is {@code |gamma| / sqrt(variance +
 * epsilon)}, what the network multiplies by; the paper leaves epsilon out.
 */
public record ChannelLipschitz() implements Criterion {

  @Override
  public String label() {
    return "channel-lipschitz";
  }

  @Override
  public PruningOrder order(Evidence evidence) {
    String convolution = evidence.point().convolution();
    Tensor kernel = evidence.network().weights().get(convolution, "kernel");
    double[] bounds = new double[kernel.shape().channels()];
    float[] factors = factors(evidence, bounds.length);
    for (int channel = 0; channel < bounds.length; channel++) {
      bounds[channel] =
          Math.abs(factors[channel])
              * new SingularValueDecomposition(matrix(kernel, channel)).getNorm();
    }
    return PruningOrder.decreasing(bounds);
  }

  /** The kernel of one output channel, {@code (input channel, kernel position)}. */
  private static RealMatrix matrix(Tensor kernel, int channel) {
    Shape shape = kernel.shape();
    int inputs = shape.dimension(2);
    int positions = shape.dimension(0) * shape.dimension(1);
    RealMatrix matrix = new BlockRealMatrix(inputs, positions);
    for (int position = 0; position < positions; position++) {
      for (int input = 0; input < inputs; input++) {
        int index = (position * inputs + input) * shape.channels() + channel;
        matrix.setEntry(input, position, kernel.at(index));
      }
    }
    return matrix;
  }

  private static float[] factors(Evidence evidence, int channels) {
    Optional<Node> normalisation = normalisation(evidence);
    if (normalisation.isEmpty()) {
      float[] ones = new float[channels];
      Arrays.fill(ones, 1);
      return ones;
    }
    Map<String, Tensor> variables = evidence.network().weights().of(normalisation.get().name());
    return ((BatchNormalization) normalisation.get().layer()).factor(variables);
  }

  /** The batch normalisation that takes the output of every call, and is all that does. */
  private static Optional<Node> normalisation(Evidence evidence) {
    Graph graph = evidence.network().graph();
    List<Node> behind =
        graph.convolutionCalls(evidence.point().convolution()).stream()
            .flatMap(call -> graph.consumers(call).stream())
            .map(graph::node)
            .toList();
    boolean isOnlyOne =
        behind.stream().map(Node::name).distinct().count() == 1
            && behind.get(0).layer() instanceof BatchNormalization;
    return isOnlyOne ? Optional.of(behind.get(0)) : Optional.empty();
  }
}
