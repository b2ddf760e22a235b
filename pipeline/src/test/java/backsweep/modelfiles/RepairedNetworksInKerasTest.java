package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.testing.HdfValues;
import backsweep.testing.KerasAnswers;
import backsweep.testing.KerasFiles;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import backsweep.testing.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in models, and others of many layers, in all files that Keras writes of them. */
class RepairedNetworksInKerasTest {

  /**
   * It has a Normalization in a nested model, of which Keras 3 reads mean and variance from an HDF5
   * file and goes on with 0 and 1, copy or not.
   */
  private static final String UNFINISHED = "augmented";

  @TempDir private static Path folder;

  private static RealKeras keras;
  private static KerasAnswers answers;

  /** A repaired copy and where its answers are. */
  private record Copy(Path file, String place) {}

  @BeforeAll
  static void makeNetworks() throws Exception {
    keras = RealKeras.in(folder);
    keras.run(KerasFiles.path("make_networks.py"), List.of(folder.toString(), "models"));
    answers = new KerasAnswers(folder.resolve("answers.h5"));
  }

  @Test
  void weightsAloneAreThoseOfTheModelAndRepairsAreRead() {
    int compared = 0;
    for (String name : answers.names()) {
      Optional<Path> architecture = Optional.of(folder.resolve(name + ".json"));
      Network full = KerasReader.read(folder.resolve(name + ".keras"), Optional.empty());
      for (String suffix : List.of(".h5", ".weights.h5", ".old.h5")) {
        Path file = folder.resolve(name + suffix);
        Network network = KerasReader.read(file, architecture);
        assertThat(network.graph()).as(name + suffix).isEqualTo(full.graph());
        assertThat(network.weights().sameValues(full.weights())).as(name + suffix).isTrue();
        for (String layer : answers.masked(name)) {
          String convolution = layer.replace('|', '/');
          ChannelMask mask = mask(name, layer, network);
          Path copy = folder.resolve(name + layer + suffix);
          RepairedCopy.of(file, architecture).write(copy, convolution, mask);
          Network repaired = KerasReader.read(copy, architecture);
          assertThat(repaired.weights().sameValues(full.weights().masked(convolution, mask)))
              .as(copy.toString())
              .isTrue();
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(60);
  }

  @Test
  void kerasOpensRepairedCopiesAndAnswersAsTheEditedModel() throws Exception {
    List<Copy> copies = new ArrayList<>();
    for (String name : answers.names()) {
      for (String suffix : name.equals(UNFINISHED) ? List.of(".keras") : List.of(".keras", ".h5")) {
        for (String layer : answers.masked(name)) {
          copies.add(repair(name, suffix, layer));
        }
      }
    }
    List<String> arguments = new ArrayList<>(List.of("none"));
    copies.forEach(copy -> arguments.add(copy.file().toString()));
    keras.run(KerasFiles.path("answers_of.py"), arguments);

    assertThat(copies).hasSizeGreaterThan(40);
    for (Copy copy : copies) {
      HdfValues expected = HdfValues.read(answers.file(), copy.place() + "/output");
      int images = expected.dimensions()[0];
      float[][] found = RealKeras.answers(copy.file(), images);
      for (int image = 0; image < images; image++) {
        Scores.assertClose(found[image], expected.row(image));
      }
    }
  }

  private Copy repair(String name, String suffix, String layer) throws IOException {
    Path original = folder.resolve(name + suffix);
    Network network = KerasReader.read(original, Optional.empty());
    Path copy = folder.resolve("repaired-" + name + "-" + layer.replace('|', '-') + suffix);
    RepairedCopy.of(original, Optional.empty())
        .write(copy, layer.replace('|', '/'), mask(name, layer, network));
    assertThat(Files.size(copy)).isPositive();
    Pixels images = answers.input(name);
    RealKeras.ask(copy, images, network.graph().inputShape());
    return new Copy(copy, name + "/masked/" + layer);
  }

  private ChannelMask mask(String name, String layer, Network network) {
    int channels = network.weights().get(layer.replace('|', '/'), "kernel").shape().channels();
    return ChannelMask.pruning(channels, answers.channels(name, layer));
  }
}
