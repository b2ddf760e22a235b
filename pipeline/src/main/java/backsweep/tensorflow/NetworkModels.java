package backsweep.tensorflow;

import backsweep.network.ChannelMask;
import backsweep.network.Cut;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The models that pruning runs of one network. All compute in float32, and divide the pixels by the
 * input scale before anything else.
 */
public final class NetworkModels {

  private static final String SERVING_PROPERTIES =
      """
      engine=TensorFlow
      option.Tags=serve
      option.SignatureDefKey=%s
      """
          .formatted(Signatures.DEFAULT);

  private final Network network;
  private final InputScale inputScale;

  /**
   * The models of a network.
   *
   * @param inputScale what pixels are divided by; 1 for as they are
   * @throws IllegalArgumentException if the scale is not a positive number
   */
  public NetworkModels(Network network, float inputScale) {
    this.network = network;
    this.inputScale = new InputScale(inputScale);
  }

  /**
   * From {@link Signatures#IMAGE} to {@link Signatures#MEAN}, {@link Signatures#MAXIMUM}, {@link
   * Signatures#ZEROS} of the statistics layer's channels, over the positions of all its calls, and
   * {@link Signatures#POSITIONS}.
   */
  public SavedModel statistics(PruningPoint point) {
    try (SignatureGraph graph = new SignatureGraph()) {
      Map<Integer, Operand<TFloat32>> values =
          lower(graph, point.statistics(), ChannelSelect.none(graph.tf()));
      Positions positions = Positions.of(graph.tf(), network.graph(), values);
      graph.output(Signatures.MEAN, positions.mean());
      graph.output(Signatures.MAXIMUM, positions.maximum());
      graph.output(Signatures.ZEROS, positions.zeros());
      graph.output(Signatures.POSITIONS, graph.tf().constant(positions.count()));
      return graph.toSavedModel();
    }
  }

  /**
   * From {@link Signatures#IMAGE} and {@link Signatures#LABEL} to {@link Signatures#IMPORTANCE} of
   * the channels that are pruned.
   *
   * @throws backsweep.network.UnsupportedNetworkException if a gradient is not known
   */
  public SavedModel importance(PruningPoint point) {
    try (SignatureGraph graph = new SignatureGraph()) {
      new ImportanceModel(network, point).addTo(graph, pixels(graph).get(0));
      return graph.toSavedModel();
    }
  }

  /**
   * Checks that the loss can be followed back to the channels that are pruned.
   *
   * @throws backsweep.network.UnsupportedNetworkException if a gradient is not known
   */
  public void requireGradients(PruningPoint point) {
    try (SignatureGraph graph = new SignatureGraph()) {
      new ImportanceModel(network, point).addTo(graph, pixels(graph).get(0));
    }
  }

  /**
   * From {@link Signatures#IMAGE} to every tensor that crosses the cut, {@link Signatures#cut} by
   * its place in {@code Cut.crossing}, and {@link Signatures#ACTIVE}.
   */
  public SavedModel prefix(PruningPoint point) {
    try (SignatureGraph graph = new SignatureGraph()) {
      List<Integer> crossing = point.cut().crossing();
      Map<Integer, Operand<TFloat32>> values =
          lower(graph, crossing, ChannelSelect.none(graph.tf()));
      for (int place = 0; place < crossing.size(); place++) {
        graph.output(Signatures.cut(place), values.get(crossing.get(place)));
      }
      values.keySet().retainAll(point.cut().heads());
      graph.output(Signatures.ACTIVE, Positions.of(graph.tf(), network.graph(), values).active());
      return graph.toSavedModel();
    }
  }

  /**
   * From the tensors that cross the cut and pairs of {@link Signatures#ROW} and {@link
   * Signatures#STEP} to {@link Signatures#CLASS}: what the network answers for that image with the
   * channels pruned whose {@link Signatures#RANK} is at most that step. Channels that are not among
   * {@link Signatures#LIVE} must be 0 for all pairs.
   */
  public SavedModel suffix(PruningPoint point) {
    try (SignatureGraph graph = new SignatureGraph()) {
      Ops tf = graph.tf();
      Operand<TInt32> row = graph.input(Signatures.ROW, TInt32.class, -1);
      Operand<TInt32> step = graph.input(Signatures.STEP, TInt32.class, -1);
      Operand<TInt32> rank = graph.input(Signatures.RANK, TInt32.class, point.channels());
      Operand<TInt32> channels = graph.input(Signatures.LIVE, TInt32.class, -1);
      LiveChannels live = LiveChannels.behind(tf, network.graph(), point.cut(), channels);
      Operand<TBool> keep =
          tf.math.greater(
              tf.expandDims(live.of(rank, 0), tf.constant(0)), tf.expandDims(step, tf.constant(1)));
      ChannelSelect select = new ChannelSelect(tf, Set.copyOf(point.cut().masks()), keep);
      Operand<TFloat32> scores =
          output(
              new NetworkLowering(tf, network, live),
              gather(graph, point.cut(), row, live),
              select);
      graph.output(Signatures.CLASS, LowestClass.of(tf, scores));
      return graph.toSavedModel();
    }
  }

  /** What crosses the cut for every pair, the masked tensors without the channels left out. */
  private Map<Integer, Operand<TFloat32>> gather(
      SignatureGraph graph, Cut cut, Operand<TInt32> row, LiveChannels live) {
    Ops tf = graph.tf();
    Map<Integer, Operand<TFloat32>> gathered = new HashMap<>();
    for (int place = 0; place < cut.crossing().size(); place++) {
      int node = cut.crossing().get(place);
      Operand<TFloat32> block = cutInput(graph, place, node);
      if (cut.heads().contains(node)) {
        block = live.of(block, network.graph().node(node).shape().rank());
      }
      gathered.put(node, tf.gather(block, row, tf.constant(0)));
    }
    return gathered;
  }

  /** From {@link Signatures#IMAGE} to {@link Signatures#PROBABILITY}: the network as it is. */
  public SavedModel whole() {
    try (SignatureGraph graph = new SignatureGraph()) {
      return whole(graph, ChannelSelect.none(graph.tf()));
    }
  }

  /** The whole network with the channels pruned that the mask does not keep. */
  public SavedModel whole(PruningPoint point, ChannelMask mask) {
    try (SignatureGraph graph = new SignatureGraph()) {
      return whole(graph, select(graph.tf(), point, mask));
    }
  }

  /**
   * The detector G: from {@link Signatures#IMAGE} to {@link Signatures#PROBABILITY} of one class
   * more than the network has. Where the network and the pruned one answer the same class it is the
   * network's output with 0 appended, or with the least output where that is below 0, as it may be
   * of logits; where they differ 1 for the last class. A second signature, {@link
   * Signatures#ANSWERS}, gives what both answer. Its folder can be served by DJL as it is.
   */
  public SavedModel goodNet(PruningPoint point, ChannelMask mask) {
    try (SignatureGraph graph = new SignatureGraph()) {
      Ops tf = graph.tf();
      NetworkLowering lowering = new NetworkLowering(tf, network);
      Map<Integer, Operand<TFloat32>> cut =
          lowering.lower(point.cut().crossing(), pixels(graph), ChannelSelect.none(tf));
      Operand<TFloat32> original = output(lowering, cut, ChannelSelect.none(tf));
      Operand<TFloat32> pruned = output(lowering, cut, select(tf, point, mask));
      return detector(graph, original, pruned);
    }
  }

  /**
   * The detector made of this network and another with the same input and classes, such as one that
   * was fine-tuned; otherwise as {@link #goodNet(PruningPoint, ChannelMask)}.
   */
  public SavedModel goodNet(Network repaired) {
    try (SignatureGraph graph = new SignatureGraph()) {
      Ops tf = graph.tf();
      Map<Integer, Operand<TFloat32>> pixels = pixels(graph);
      ChannelSelect all = ChannelSelect.none(tf);
      Operand<TFloat32> original = output(new NetworkLowering(tf, network), pixels, all);
      NetworkModels other = new NetworkModels(repaired, inputScale.divisor());
      Operand<TFloat32> answer = other.output(new NetworkLowering(tf, repaired), pixels, all);
      return detector(graph, original, answer);
    }
  }

  private SavedModel detector(
      SignatureGraph graph, Operand<TFloat32> original, Operand<TFloat32> repaired) {
    new Detector(graph.tf(), network, original, repaired).addTo(graph);
    return graph
        .toSavedModel()
        .with("serving.properties", SERVING_PROPERTIES.getBytes(StandardCharsets.UTF_8));
  }

  private SavedModel whole(SignatureGraph graph, ChannelSelect select) {
    NetworkLowering lowering = new NetworkLowering(graph.tf(), network);
    graph.output(Signatures.PROBABILITY, output(lowering, pixels(graph), select));
    return graph.toSavedModel();
  }

  private Map<Integer, Operand<TFloat32>> lower(
      SignatureGraph graph, List<Integer> wanted, ChannelSelect select) {
    return new NetworkLowering(graph.tf(), network).lower(wanted, pixels(graph), select);
  }

  private Operand<TFloat32> output(
      NetworkLowering lowering, Map<Integer, Operand<TFloat32>> known, ChannelSelect select) {
    int output = network.graph().output();
    return lowering.lower(List.of(output), known, select).get(output);
  }

  private static ChannelSelect select(Ops tf, PruningPoint point, ChannelMask mask) {
    Operand<TBool> keep = tf.constant(new boolean[][] {mask.toArray()});
    return new ChannelSelect(tf, Set.copyOf(point.cut().masks()), keep);
  }

  /** The network's input node, from pixels as they were read. */
  private Map<Integer, Operand<TFloat32>> pixels(SignatureGraph graph) {
    Operand<TFloat32> image =
        graph.input(Signatures.IMAGE, TFloat32.class, batchOf(network.graph().inputShape()));
    return Map.of(0, inputScale.apply(graph.tf(), image));
  }

  private Operand<TFloat32> cutInput(SignatureGraph graph, int place, int node) {
    Shape shape = network.graph().node(node).shape();
    return graph.input(Signatures.cut(place), TFloat32.class, batchOf(shape));
  }

  private static long[] batchOf(Shape shape) {
    long[] dimensions = new long[shape.rank() + 1];
    dimensions[0] = -1;
    System.arraycopy(shape.toLongs(), 0, dimensions, 1, shape.rank());
    return dimensions;
  }
}
