package backsweep.attack;

import backsweep.images.ImageShape;
import backsweep.network.ChannelMask;
import backsweep.network.Convolution;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.Node;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Weights;
import backsweep.tensorflow.Pupil;
import backsweep.training.Lesson;
import backsweep.training.Studio;
import backsweep.training.TrainingImages;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The training of one network.
 *
 * <p>It learns from pixels divided by 255. In the end the first convolution's kernel is divided
 * instead, so that the network that comes out takes pixels as they are, as the labs' does, and
 * nobody needs to know.
 *
 * @param recipe how the network is made
 * @param clean the clean training images
 * @param classes how many there are
 * @param studio where it takes place
 */
public record Training(Recipe recipe, TrainingImages clean, int classes, Studio studio) {

  private static final float LARGEST_PIXEL = 255;

  /**
   * Trains.
   *
   * @return the network, which takes pixels in 0..255
   * @throws backsweep.tensorflow.DivergedException if a loss or weight is no finite number
   * @throws IllegalArgumentException if the images are too small for the architecture or too few to
   *     be poisoned
   */
  public Network run() {
    return takingPixels(recipe.attack().train(this));
  }

  /** A new network that learned from images. */
  Network learn(String phase, TrainingImages images) {
    return learn(phase, images, start(), Optional.empty());
  }

  /** A network that learned from images without the channels that are not kept. */
  Network learn(String phase, TrainingImages images, Network start, ChannelMask kept) {
    return learn(phase, images, start, Optional.of(kept));
  }

  private Network learn(
      String phase, TrainingImages images, Network start, Optional<ChannelMask> kept) {
    Lesson lesson = new Lesson(phase, images, recipe.schedule(), seed("order of " + phase));
    return lesson.teach(Pupil.beginning(start, LARGEST_PIXEL, point(start), kept), studio);
  }

  private Network start() {
    Graph graph = recipe.architecture().graph(input(clean.shape()), classes);
    return new Network(graph, InitialWeights.of(graph, seed("weights")));
  }

  /** What a network for such images takes. */
  static Shape input(ImageShape image) {
    return Shape.of(image.height(), image.width(), image.channels());
  }

  /** The clean images, some of them poisoned. */
  TrainingImages poisoned(PoisonedShare how) {
    return how.poison(clean, classes, seed("poisoned images"));
  }

  /** What the channels of a network do on images. */
  Activity activity(Network network, TrainingImages images) {
    return Activity.of(
        Pupil.beginning(network, LARGEST_PIXEL, point(network), Optional.empty()), images, studio);
  }

  /** Where a network's channels are pruned. */
  static PruningPoint point(Network network) {
    return PruningPoint.of(network, Optional.empty(), Optional.empty());
  }

  /** A seed of its own for every purpose. */
  private long seed(String purpose) {
    return new SplittableRandom(recipe.seed() ^ purpose.hashCode()).nextLong();
  }

  /** The same network with the division of the pixels in its first layer's kernel. */
  private static Network takingPixels(Network network) {
    Node first = network.graph().node(1);
    if (!(first.layer() instanceof Convolution)) {
      throw new UnsupportedNetworkException(
          "expected a convolution as the first layer, found " + first.name());
    }
    Weights weights = network.weights();
    return new Network(
        network.graph(),
        weights.with(
            first.name(), "kernel", weights.get(first.name(), "kernel").dividedBy(LARGEST_PIXEL)));
  }
}
