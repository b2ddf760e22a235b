package backsweep.tensorflow;

import backsweep.network.Cut;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How the loss of a network goes with factors on the kernel and the bias of a convolution's
 * channels, all else as at inference. What stands before the convolution is computed once for every
 * image. It holds native memory; close it.
 */
public final class FactorGradients implements AutoCloseable {

  /**
   * A loss and where it goes.
   *
   * @param loss softmax cross-entropy, the mean over the images
   * @param kernel its gradient by the factors on the kernel, {@code (channel)}
   * @param bias its gradient by the factors on the bias, {@code (channel)}
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  public record Gradients(float loss, float[] kernel, float[] bias) {}

  private final Network network;
  private final Cut cut;
  private final Graph graph;
  private final FactorGraph operations;
  private final Session session;
  private final List<TFloat32> held = new ArrayList<>();

  /**
   * Prepares a network.
   *
   * @param inputScale what pixels are divided by before its first layer
   * @throws backsweep.network.UnsupportedNetworkException if gradients are not known
   */
  public FactorGradients(
      Network network, float inputScale, PruningPoint point, SessionThreads threads) {
    NativeTensorFlow.load();
    this.network = network;
    cut = Cut.behind(network.graph(), network.graph().convolutionCalls(point.convolution()));
    InputScale scale = new InputScale(inputScale);
    graph = new Graph();
    try {
      operations = FactorGraph.of(Ops.create(graph), network, point, cut, scale);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    session = new Session(graph, threads.configuration());
  }

  private Shape batchOf(long images, int node) {
    return Shape.of(images).append(Shape.of(network.graph().node(node).shape().toLongs()));
  }

  /**
   * Takes the images that gradients are asked for from now on.
   *
   * @param pixels some images after the other, each {@code (height, width, channel)}
   */
  public void hold(Iterable<FloatBuffer> pixels) {
    release();
    List<List<float[]>> parts =
        cut.crossing().stream().<List<float[]>>map(n -> new ArrayList<>()).toList();
    for (FloatBuffer some : pixels) {
      compute(some, parts);
    }
    for (int place = 0; place < parts.size(); place++) {
      held.add(joined(cut.crossing().get(place), parts.get(place)));
    }
  }

  private void compute(FloatBuffer pixels, List<List<float[]>> parts) {
    int images = pixels.remaining() / network.graph().inputShape().size();
    Session.Runner runner = session.runner();
    operations.crossing().forEach(runner::fetch);
    try (TFloat32 tensor = Floats.tensor(pixels, batchOf(images, 0));
        Result result = runner.feed(operations.image(), tensor).run()) {
      for (int place = 0; place < parts.size(); place++) {
        parts.get(place).add(Floats.of((TFloat32) result.get(place)));
      }
    }
  }

  private TFloat32 joined(int node, List<float[]> parts) {
    int size = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    FloatBuffer all = FloatBuffer.allocate(size);
    parts.forEach(all::put);
    return Floats.tensor(
        all.flip(), batchOf(size / network.graph().node(node).shape().size(), node));
  }

  /**
   * The gradients at some factors.
   *
   * @param rows which of the images, by their places among those that are held
   * @param labels the class of each
   * @param kernel the factors on the kernel, {@code (channel)}
   * @param bias the factors on the bias, {@code (channel)}
   */
  public Gradients at(int[] rows, int[] labels, float[] kernel, float[] bias) {
    Session.Runner runner = session.runner();
    for (int place = 0; place < held.size(); place++) {
      runner.feed(operations.held().get(place), held.get(place));
    }
    operations.results().forEach(runner::fetch);
    Shape one = Shape.of(1, kernel.length);
    try (TInt32 which = TInt32.vectorOf(rows);
        TInt32 classes = TInt32.vectorOf(labels);
        TFloat32 kernels = TFloat32.tensorOf(one, DataBuffers.of(kernel));
        TFloat32 biases = TFloat32.tensorOf(one, DataBuffers.of(bias));
        Result result =
            runner
                .feed(operations.row(), which)
                .feed(operations.label(), classes)
                .feed(operations.kernelFactor(), kernels)
                .feed(operations.biasFactor(), biases)
                .run()) {
      return new Gradients(
          ((TFloat32) result.get(0)).getFloat(),
          Floats.of((TFloat32) result.get(1)),
          Floats.of((TFloat32) result.get(2)));
    }
  }

  private void release() {
    held.forEach(TFloat32::close);
    held.clear();
  }

  @Override
  public void close() {
    release();
    session.close();
    graph.close();
  }
}
