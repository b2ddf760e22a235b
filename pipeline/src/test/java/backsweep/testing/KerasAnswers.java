package backsweep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.CutBlock;
import backsweep.inference.CutPredictor;
import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What Keras answers for the networks of {@code make_networks.py} or {@code make_applications.py}.
 *
 * @param file {@code answers.h5}
 */
public record KerasAnswers(Path file) {

  private static final Threads THREADS = new Threads(2, 2);

  /** The networks' names. */
  public Set<String> names() {
    try (HdfFile hdf = new HdfFile(file)) {
      return hdf.getChildren().values().stream()
          .filter(Group.class::isInstance)
          .map(node -> node.getName())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The convolutions of a network of which it is known what it answers without some channels. */
  public Set<String> masked(String network) {
    try (HdfFile hdf = new HdfFile(file)) {
      Group group = (Group) hdf.getByPath(network);
      return group.getChild("masked") instanceof Group masked
          ? new TreeSet<>(masked.getChildren().keySet())
          : Set.of();
    }
  }

  /** What a network is asked: its own images, or those that all have in common. */
  public Pixels input(String network) {
    try (HdfFile hdf = new HdfFile(file)) {
      boolean own = ((Group) hdf.getByPath(network)).getChild("input") != null;
      return HdfValues.read(file, own ? network + "/input" : "input").toPixels();
    }
  }

  /**
   * Compares a network with the answers, as it is and with channels of its convolutions pruned:
   * masked, and cut.
   *
   * @return the largest difference
   */
  public float compare(String name, Network network) {
    Pixels input = input(name);
    NetworkModels models = new NetworkModels(network, 1);
    float largest = difference(models.whole(), input, HdfValues.read(file, name + "/output"));
    for (String layer : masked(name)) {
      String place = name + "/masked/" + layer;
      HdfValues expected = HdfValues.read(file, place + "/output");
      PruningPoint point =
          PruningPoint.of(network, Optional.of(layer.replace('|', '/')), Optional.empty());
      List<Integer> pruned = channels(name, layer);
      ChannelMask mask = ChannelMask.pruning(point.channels(), pruned);
      SavedModel whole = models.whole(point, mask);
      largest = Math.max(largest, difference(whole, input, expected));
      assertClasses(models, point, pruned, input, expected);
    }
    return largest;
  }

  /** The channels that are pruned of a convolution. */
  public List<Integer> channels(String network, String layer) {
    int[] channels = HdfValues.read(file, network + "/masked/" + layer + "/channels").toInts();
    return Arrays.stream(channels).boxed().toList();
  }

  private static float difference(SavedModel model, Pixels input, HdfValues expected) {
    float largest = 0;
    try (WholePredictor predictor = new WholePredictor(model, THREADS)) {
      float[][] found = predictor.probabilities(input);
      assertThat(found).hasDimensions(input.images(), expected.dimensions()[1]);
      for (int image = 0; image < found.length; image++) {
        Scores.assertClose(found[image], expected.row(image));
        for (int i = 0; i < found[image].length; i++) {
          largest = Math.max(largest, Math.abs(found[image][i] - expected.row(image)[i]));
        }
      }
    }
    return largest;
  }

  /** Checks the answers of the network that is cut, at the step at which all these are pruned. */
  private static void assertClasses(
      NetworkModels models,
      PruningPoint point,
      List<Integer> pruned,
      Pixels input,
      HdfValues expected) {
    try (CutPredictor predictor =
            new CutPredictor(models.prefix(point), models.suffix(point), THREADS);
        CutBlock block = predictor.predict(input)) {
      int[] steps = new int[input.images()];
      Arrays.fill(steps, pruned.size());
      int[] rank = PruningOrders.rank(point.channels(), pruned);
      int[] classes = block.classes(IntStream.range(0, steps.length).toArray(), steps, rank);
      for (int image = 0; image < classes.length; image++) {
        Scores.assertBest(classes[image], expected.row(image));
      }
    }
  }
}
