package backsweep.tensorflow;

import backsweep.network.Cut;
import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
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
  private final org.tensorflow.Graph graph;
  private final Session session;
  private final Placeholder<TFloat32> image;
  private final List<Operand<TFloat32>> crossing;
  private final List<Placeholder<TFloat32>> held = new ArrayList<>();
  private final Placeholder<TInt32> row;
  private final Placeholder<TInt32> label;
  private final Placeholder<TFloat32> kernelFactor;
  private final Placeholder<TFloat32> biasFactor;
  private final List<Operand<?>> results = new ArrayList<>();
  private final List<TFloat32> values = new ArrayList<>();

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
    List<Integer> calls = network.graph().convolutionCalls(point.convolution());
    cut = Cut.behind(network.graph(), calls);
    InputScale scale = new InputScale(inputScale);
    int scores = Loss.scores(network.graph(), cut.suffix());
    graph = new org.tensorflow.Graph();
    Ops tf = Ops.create(graph);
    image = tf.placeholder(TFloat32.class, Placeholder.shape(batchOf(0)));
    row = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    label = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    kernelFactor = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, point.channels())));
    biasFactor = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, point.channels())));
    NetworkLowering lowering = new NetworkLowering(tf, network);
    Map<Integer, Operand<TFloat32>> prefix =
        lowering.lower(cut.crossing(), Map.of(0, scale.apply(tf, image)), ChannelSelect.none(tf));
    crossing = cut.crossing().stream().map(prefix::get).toList();
    ChannelChange change =
        new ChannelScale(tf, Set.copyOf(calls), bias(tf, point), kernelFactor, biasFactor);
    Operand<TFloat32> logits = lowering.lower(List.of(scores), gathered(tf), change).get(scores);
    Operand<TFloat32> loss =
        tf.math.mean(Loss.crossEntropy(tf, logits, label, network.classes()), tf.constant(0));
    List<Output<TFloat32>> gradients = Loss.gradients(tf, loss, List.of(kernelFactor, biasFactor));
    results.add(loss);
    results.addAll(gradients);
    session = new Session(graph, threads.configuration());
  }

  private Operand<TFloat32> bias(Ops tf, PruningPoint point) {
    Tensor bias = network.weights().of(point.convolution()).get("bias");
    return bias == null
        ? tf.constant(0f)
        : tf.constant(Shape.of(bias.shape().toLongs()), DataBuffers.of(bias.values()));
  }

  /** What crosses the cut in the images that are asked for. */
  private Map<Integer, Operand<TFloat32>> gathered(Ops tf) {
    Map<Integer, Operand<TFloat32>> gathered = new HashMap<>();
    for (int node : cut.crossing()) {
      Placeholder<TFloat32> all = tf.placeholder(TFloat32.class, Placeholder.shape(batchOf(node)));
      held.add(all);
      gathered.put(node, tf.gather(all, row, tf.constant(0)));
    }
    return gathered;
  }

  private Shape batchOf(int node) {
    return batchOf(-1, node);
  }

  private Shape batchOf(long images, int node) {
    Graph nodes = network.graph();
    return Shape.of(images).append(Shape.of(nodes.node(node).shape().toLongs()));
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
      values.add(joined(cut.crossing().get(place), parts.get(place)));
    }
  }

  private void compute(FloatBuffer pixels, List<List<float[]>> parts) {
    int images = pixels.remaining() / network.graph().inputShape().size();
    Session.Runner runner = session.runner();
    crossing.forEach(runner::fetch);
    try (TFloat32 tensor = Floats.tensor(pixels, batchOf(images, 0));
        Result result = runner.feed(image, tensor).run()) {
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
      runner.feed(held.get(place), values.get(place));
    }
    results.forEach(runner::fetch);
    Shape one = Shape.of(1, kernel.length);
    try (TInt32 which = TInt32.vectorOf(rows);
        TInt32 classes = TInt32.vectorOf(labels);
        TFloat32 kernels = TFloat32.tensorOf(one, DataBuffers.of(kernel));
        TFloat32 biases = TFloat32.tensorOf(one, DataBuffers.of(bias));
        Result result =
            runner
                .feed(row, which)
                .feed(label, classes)
                .feed(kernelFactor, kernels)
                .feed(biasFactor, biases)
                .run()) {
      return new Gradients(
          ((TFloat32) result.get(0)).getFloat(),
          Floats.of((TFloat32) result.get(1)),
          Floats.of((TFloat32) result.get(2)));
    }
  }

  private void release() {
    values.forEach(TFloat32::close);
    values.clear();
  }

  @Override
  public void close() {
    release();
    session.close();
    graph.close();
  }
}
