package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.network.Weights;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.Fixtures;
import backsweep.testing.HdfValues;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import backsweep.testing.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens repaired copies in Keras itself; skipped where the property {@code keras.python} is unset.
 */
class RepairedCopyInKerasTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final int IMAGES = 6;
  private static final List<String> ZOO =
      List.of("bn_after", "sigmoid_after", "residual", "plain_sequential", "grey", "leaky");

  @TempDir private Path folder;

  /**
   * A repaired copy and what must be in it.
   *
   * @param images what it is asked
   */
  private record Copy(Path file, Optional<Path> architecture, Weights weights, Pixels images) {

    /** The answers of the network that is read back. */
    float[][] answers() {
      Network network = KerasReader.read(file, architecture);
      try (WholePredictor predictor =
          new WholePredictor(new NetworkModels(network, 1).whole(), THREADS)) {
        return predictor.probabilities(images);
      }
    }
  }

  @Test
  void kerasFindsTheMaskedWeightsInEveryCopyAndAnswersAsWeDo() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    Path architecture = Fixtures.path("models/deepid.json");
    List<Copy> copies = copies(architecture);

    List<String> arguments = new ArrayList<>(List.of(architecture.toString()));
    copies.forEach(copy -> arguments.add(copy.file().toString()));
    keras.run("answers_of.py", arguments);

    for (Copy copy : copies) {
      assertThat(RealKeras.weights(copy.file()))
          .as(copy.file().toString())
          .containsExactlyInAnyOrderEntriesOf(RealKeras.flat(copy.weights()));
      assertAnswers(copy);
    }
  }

  @Test
  void kerasFindsTheNewValuesInEveryCopy() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    Path architecture = Fixtures.path("models/deepid.json");
    Map<Path, Weights> copies = new LinkedHashMap<>();
    Path lab = folder.resolve("weights_only.h5");
    copies.put(lab, replaced("models/lab3_bd_weights.h5", lab, Optional.of(architecture)));
    for (String name : ZOO) {
      for (String file : List.of(name + ".h5", name + ".keras")) {
        Path copy = folder.resolve(file);
        copies.put(copy, replaced("zoo/" + file, copy, Optional.empty()));
      }
    }

    List<String> arguments = new ArrayList<>(List.of(architecture.toString()));
    copies.keySet().forEach(copy -> arguments.add(copy.toString()));
    keras.run("answers_of.py", arguments);

    for (Map.Entry<Path, Weights> copy : copies.entrySet()) {
      assertThat(RealKeras.weights(copy.getKey()))
          .as(copy.getKey().toString())
          .containsExactlyInAnyOrderEntriesOf(RealKeras.flat(copy.getValue()));
    }
  }

  /** Writes a copy with other weights, which it gives, and beside it an image it is asked. */
  private static Weights replaced(String fixture, Path copy, Optional<Path> architecture)
      throws IOException {
    Path original = Fixtures.path(fixture);
    Network network = KerasReader.read(original, architecture);
    Weights others = ReplacedValuesTest.others(network.weights());
    RepairedCopy.of(original, architecture).write(copy, others);
    Shape image = network.graph().inputShape();
    RealKeras.ask(copy, Pixels.random(1, 1, image), image);
    return others;
  }

  private List<Copy> copies(Path architecture) throws IOException {
    Pixels faces =
        HdfValues.read(Fixtures.path("data/faces_clean.h5"), "data")
            .toPixelsFromChannelsFirst(IMAGES);
    String weightsOnly = "models/lab3_bd_weights.h5";
    String full = "models/lab3_repaired_x2.h5";
    List<Copy> copies = new ArrayList<>();
    copies.add(repair(weightsOnly, "weights_only.h5", "conv_3", Optional.of(architecture), faces));
    copies.add(repair(full, "full.h5", "conv_4", Optional.empty(), faces));
    for (String name : ZOO) {
      Pixels input =
          HdfValues.read(Fixtures.path("zoo/" + name + ".oracle.h5"), "input")
              .toPixels()
              .slice(0, IMAGES);
      for (String file : List.of(name + ".h5", name + ".keras")) {
        copies.add(repair("zoo/" + file, file, "last", Optional.empty(), input));
      }
    }
    return copies;
  }

  /** Writes a copy with two channels pruned, and beside it the images it is asked. */
  private Copy repair(
      String fixture, String name, String convolution, Optional<Path> architecture, Pixels images)
      throws IOException {
    Path original = Fixtures.path(fixture);
    Network network = KerasReader.read(original, architecture);
    int channels = network.weights().get(convolution, "kernel").shape().channels();
    ChannelMask mask = ChannelMask.pruning(channels, List.of(1, channels - 2));
    Path copy = folder.resolve(name);
    RepairedCopy.of(original, architecture).write(copy, convolution, mask);
    RealKeras.ask(copy, images, network.graph().inputShape());
    return new Copy(copy, architecture, network.weights().masked(convolution, mask), images);
  }

  private static void assertAnswers(Copy copy) throws IOException {
    float[][] keras = RealKeras.answers(copy.file(), IMAGES);
    float[][] ours = copy.answers();
    assertThat(ours).hasDimensions(IMAGES, keras[0].length);
    for (int image = 0; image < IMAGES; image++) {
      Scores.assertClose(ours[image], keras[image]);
    }
  }
}
