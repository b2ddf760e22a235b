package backsweep.training;

import backsweep.network.ChannelMask;
import backsweep.network.Convolution;
import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Tensor;
import backsweep.tensorflow.Pupil;
import backsweep.tensorflow.Pupil.KeptChannels;
import backsweep.tensorflow.Pupil.Normalization;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a pruned network learns on from clean images (Liu, Dolan-Gavitt and Garg, "Fine-Pruning",
 * RAID 2018, section 4). The kernel and the bias of pruned channels are 0 before and after every
 * step.
 *
 * <p>Where a convolution takes the pixels as they are, 0 to 255, its kernel is that much smaller
 * than those behind it, and a step of Adam, which is as long for all, would be far too long for it.
 * So it learns as if the largest pixel were below 2, and is divided in the end.
 *
 * @param schedule how long, and how fast
 * @param normalization how batch normalisation works meanwhile
 * @param seed of the order of the images
 */
public record FineTuning(Schedule schedule, Normalization normalization, long seed)
    implements Serializable {

  private static final int LOOKED_AT = 256;

  /** All that makes a difference, in words. */
  public String description() {
    return "epochs %d batch size %d learning rate %s weight decay %s normalization %s seed %d"
        .formatted(
            schedule.epochs(),
            schedule.batchSize(),
            schedule.first().learningRate(),
            schedule.first().weightDecay(),
            normalization,
            seed);
  }

  /**
   * Prunes a network and lets it learn.
   *
   * @param start the network before pruning
   * @param kept the channels that are not pruned
   * @throws backsweep.tensorflow.DivergedException if a loss or weight is no finite number
   * @throws backsweep.network.UnsupportedNetworkException if a layer is known that cannot learn
   */
  public Network tune(
      PrunableNetwork start, ChannelMask kept, TrainingImages images, Studio studio) {
    PruningPoint point = start.point();
    Network pruned = start.network().pruned(point.convolution(), kept);
    float factor = kernelFactor(start, images);
    Pupil pupil =
        new Pupil(
            withFirstKernel(pruned, kernel -> kernel.dividedBy(1 / factor)),
            start.inputScale() * factor,
            point,
            Optional.of(new KeptChannels(point.cut().masks(), kept)),
            normalization);
    Network tuned = new Lesson("clean", images, schedule, seed).teach(pupil, studio);
    return withFirstKernel(tuned, kernel -> kernel.dividedBy(factor));
  }

  /** What the largest pixel is after the input scale, at least 1; a power of 2, which is exact. */
  private static float kernelFactor(PrunableNetwork start, TrainingImages images) {
    int looked = Math.min(LOOKED_AT, images.size());
    FloatBuffer pixels = FloatBuffer.allocate(Math.multiplyExact(looked, images.shape().values()));
    IntStream.range(0, looked).forEach(image -> images.copy(image, pixels));
    float largest = 1;
    for (float pixel : pixels.array()) {
      largest = Math.max(largest, Math.abs(pixel) / start.inputScale());
    }
    return first(start.network().graph()).isPresent()
        ? (float) Math.scalb(1.0, Math.getExponent(largest))
        : 1;
  }

  /** The convolution that alone takes the pixels. */
  private static Optional<String> first(Graph graph) {
    List<Integer> consumers = graph.consumers(0);
    return consumers.size() == 1
            && graph.node(consumers.get(0)).layer() instanceof Convolution
            && graph.convolutionCalls(graph.node(consumers.get(0)).name()).size() == 1
        ? Optional.of(graph.node(consumers.get(0)).name())
        : Optional.empty();
  }

  private static Network withFirstKernel(
      Network network, java.util.function.UnaryOperator<Tensor> change) {
    return first(network.graph())
        .map(
            name ->
                new Network(
                    network.graph(),
                    network
                        .weights()
                        .with(name, "kernel", change.apply(network.weights().get(name, "kernel")))))
        .orElse(network);
  }
}
