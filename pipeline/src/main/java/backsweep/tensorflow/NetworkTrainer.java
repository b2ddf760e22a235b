package backsweep.tensorflow;

import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.network.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * A network that learns, batch by batch: softmax cross-entropy, Adam, batch normalisation by the
 * statistics of the batch. The same batches give the same weights on one machine with the same
 * threads. It holds native memory; close it.
 */
public final class NetworkTrainer implements AutoCloseable {

  private static final String REMEDY = "a smaller learning rate may help";

  private final Pupil pupil;
  private final Graph graph;
  private final Session session;
  private final LearnedWeights weights;
  private final Placeholder<TFloat32> image;
  private final Placeholder<TInt32> label;
  private final TrainingGraph training;
  private final InspectionGraph inspection;
  private int step;

  /**
   * Makes a network ready to learn.
   *
   * @throws backsweep.network.UnsupportedNetworkException if it does not end in softmax
   * @throws IllegalArgumentException if the input scale is not a positive number
   */
  public NetworkTrainer(Pupil pupil, SessionThreads threads) {
    NativeTensorFlow.load();
    this.pupil = pupil;
    InputScale scale = new InputScale(pupil.inputScale());
    // What can be refused is refused before native memory is taken, which nobody would close.
    Loss.scores(pupil.network().graph());
    graph = new Graph();
    Ops tf = Ops.create(graph);
    weights = new LearnedWeights(tf, pupil.network());
    image = tf.placeholder(TFloat32.class, Placeholder.shape(dimensions(-1)));
    label = tf.placeholder(TInt32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.of(-1)));
    Operand<TFloat32> input = scale.apply(tf, image);
    training = TrainingGraph.of(tf, pupil, weights, input, label);
    inspection = InspectionGraph.of(tf, pupil, weights, input);
    session = new Session(graph, threads.configuration());
    weights.begin(session);
    training.adam().begin(session);
  }

  /**
   * Checks that a network can learn.
   *
   * @throws backsweep.network.UnsupportedNetworkException if a layer is there that cannot, or it
   *     does not end in softmax
   */
  public static void requireLearns(Network network) {
    Loss.scores(network.graph());
  }

  private org.tensorflow.ndarray.Shape dimensions(long images) {
    Shape shape = pupil.network().graph().inputShape();
    return org.tensorflow.ndarray.Shape.of(images)
        .append(org.tensorflow.ndarray.Shape.of(shape.toLongs()));
  }

  /**
   * Learns from one batch.
   *
   * @param pixels {@code (image, height, width, channel)}, from the position to the limit
   * @param labels the class of each image
   * @return the loss before the step, the mean over the batch
   * @throws DivergedException if it is no finite number
   */
  public float learn(FloatBuffer pixels, int[] labels, Adam adam) {
    step++;
    List<TFloat32> scalars = new ArrayList<>();
    try (TFloat32 images = tensor(pixels, labels.length);
        TInt32 classes = TInt32.vectorOf(labels)) {
      Session.Runner runner = session.runner().feed(image, images).feed(label, classes);
      training.adam().feed(runner, adam, step, scalars);
      try (Result result = runner.addTarget(training.updates()).fetch(training.loss()).run()) {
        return finite(((TFloat32) result.get(0)).getFloat());
      }
    } finally {
      scalars.forEach(TFloat32::close);
    }
  }

  private float finite(float loss) {
    if (!Float.isFinite(loss)) {
      throw step == 1
          ? DivergedException.fromTheStart(loss)
          : new DivergedException("the loss is " + loss, step, REMEDY);
    }
    return loss;
  }

  /**
   * Looks at what the network does now.
   *
   * @param pixels {@code (image, height, width, channel)}, from the position to the limit
   */
  public Inspection inspect(FloatBuffer pixels, int images) {
    try (TFloat32 tensor = tensor(pixels, images);
        Result result =
            session
                .runner()
                .feed(image, tensor)
                .fetch(inspection.classes())
                .fetch(inspection.means())
                .fetch(inspection.maxima())
                .run()) {
      int[] classes = new int[images];
      ((TInt32) result.get(0)).asRawTensor().data().asInts().read(classes);
      TFloat64 mean = (TFloat64) result.get(1);
      double[] means = new double[Math.toIntExact(mean.size())];
      mean.asRawTensor().data().asDoubles().read(means);
      return new Inspection(classes, means, Floats.of((TFloat32) result.get(2)));
    }
  }

  private TFloat32 tensor(FloatBuffer pixels, int images) {
    return Floats.tensor(pixels, dimensions(images));
  }

  /**
   * The network as it is now.
   *
   * @throws DivergedException if a weight is no finite number
   */
  public Network network() {
    Weights now = weights.read(session);
    now.byLayer()
        .forEach(
            (layer, variables) ->
                variables.forEach(
                    (name, tensor) -> {
                      if (!tensor.isFinite()) {
                        throw new DivergedException(
                            "%s of layer %s has a value that is no finite number"
                                .formatted(name, layer),
                            step,
                            REMEDY);
                      }
                    }));
    return new Network(pupil.network().graph(), now);
  }

  /**
   * The gradients of the loss on one batch, to be compared; nothing is learned.
   *
   * @return of every variable that follows a gradient, in the order of the network's weights
   */
  List<float[]> gradients(FloatBuffer pixels, int[] labels) {
    try (TFloat32 images = tensor(pixels, labels.length);
        TInt32 classes = TInt32.vectorOf(labels)) {
      Session.Runner runner = session.runner().feed(image, images).feed(label, classes);
      training.gradients().forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<float[]> gradients = new ArrayList<>();
        result.forEach(gradient -> gradients.add(Floats.of((TFloat32) gradient.getValue())));
        return gradients;
      }
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
