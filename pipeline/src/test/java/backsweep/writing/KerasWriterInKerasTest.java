package backsweep.writing;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.modelfiles.KerasReader;
import backsweep.modelfiles.RepairedCopy;
import backsweep.network.Architecture;
import backsweep.network.ChannelMask;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.LayerZoo;
import backsweep.testing.NetworkSketch;
import backsweep.testing.Pixels;
import backsweep.testing.RandomNetworks;
import backsweep.testing.RealKeras;
import backsweep.testing.Scores;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens written files in Keras itself; skipped where the property {@code keras.python} is unset.
 */
class KerasWriterInKerasTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final int IMAGES = 6;
  private static final int RANDOM_NETWORKS = 12;

  /** Convolutions in a row whose architecture just fits into a file. */
  private static final int LONGEST_CHAIN = 104;

  @TempDir private Path folder;

  @Test
  void kerasAnswersAsWeDoAndGoesOnToTrain() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    Map<Path, Network> files = write();
    List<String> arguments = new ArrayList<>();
    files.keySet().forEach(file -> arguments.add(file.toString()));

    keras.run(SmallModels.path("answers_of.py"), with("none", arguments));
    keras.run(SmallModels.path("goes_on_with.py"), with("2", arguments));

    for (Map.Entry<Path, Network> written : files.entrySet()) {
      assertSame(written.getKey(), written.getValue());
      assertResaved(written.getKey(), written.getValue());
    }
  }

  private static List<String> with(String first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private Map<Path, Network> write() throws IOException {
    Map<String, Network> networks = new LinkedHashMap<>(LayerZoo.networks());
    for (Architecture architecture : Architecture.values()) {
      Graph graph = architecture.graph(Shape.of(55, 47, 3), 40);
      networks.put(architecture.label(), new Network(graph, InitialWeights.of(graph, 3)));
    }
    networks.put("names", names());
    networks.put("longest", LayerZoo.chain(LONGEST_CHAIN));
    for (int seed = 0; seed < RANDOM_NETWORKS; seed++) {
      networks.put("random-" + seed, RandomNetworks.of(seed));
    }
    Map<Path, Network> files = new LinkedHashMap<>();
    for (Map.Entry<String, Network> network : networks.entrySet()) {
      Path file = folder.resolve(network.getKey() + ".h5");
      KerasWriter.write(network.getValue(), file);
      files.put(file, network.getValue());
    }
    addRepaired(files, networks.get("deepid"));
    for (Map.Entry<Path, Network> file : files.entrySet()) {
      Shape image = file.getValue().graph().inputShape();
      RealKeras.ask(file.getKey(), images(image), image);
    }
    return files;
  }

  /** Names that are as odd and as long as they may be. */
  private static Network names() {
    return new NetworkSketch(1, 4, 4, 2)
        .convolution("a_.-", 3)
        .convolution("9..", 3)
        .convolution("0", 3)
        .convolution("n".repeat(80), 3)
        .classes(3);
  }

  private void addRepaired(Map<Path, Network> files, Network original) {
    ChannelMask mask = ChannelMask.pruning(60, List.of(3, 44));
    Path repaired = folder.resolve("repaired.h5");
    RepairedCopy.of(folder.resolve("deepid.h5"), Optional.empty()).write(repaired, "conv_3", mask);
    files.put(repaired, original.pruned("conv_3", mask));
  }

  /** Small values, so that answers are not all 0 and 1. */
  private static Pixels images(Shape image) {
    float[] values = Pixels.random(5, IMAGES, image).values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    return new Pixels(IMAGES, values);
  }

  private static void assertSame(Path file, Network network) throws IOException {
    assertThat(RealKeras.weights(file))
        .as(file.toString())
        .isEqualTo(RealKeras.flat(network.weights()));
    float[][] keras = RealKeras.answers(file, IMAGES);
    float[][] ours = answers(network);
    assertThat(ours).hasDimensions(IMAGES, network.classes());
    for (int image = 0; image < IMAGES; image++) {
      assertThat(ours[image])
          .as("%s, image %d", file, image)
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(keras[image]);
    }
  }

  @Test
  void theZooAnswersWithNoClassForCertain() {
    LayerZoo.networks()
        .forEach(
            (name, network) -> {
              for (float[] answer : answers(network)) {
                assertThat(answer[Scores.highest(answer)]).as(name).isLessThan(0.99f);
              }
            });
  }

  private static float[][] answers(Network network) {
    try (WholePredictor predictor =
        new WholePredictor(new NetworkModels(network, 1).whole(), THREADS)) {
      return predictor.probabilities(images(network.graph().inputShape()));
    }
  }

  private static void assertResaved(Path file, Network network) throws IOException {
    Network resaved = KerasReader.read(Path.of(file + ".resaved.h5"), Optional.empty());
    Network trained = KerasReader.read(Path.of(file + ".trained.h5"), Optional.empty());
    List<String> layers = Files.readAllLines(Path.of(file + ".layers"));

    assertThat(RealKeras.flat(resaved.weights())).isEqualTo(RealKeras.flat(network.weights()));
    assertThat(resaved.graph().layerNames())
        .containsExactlyInAnyOrderElementsOf(network.graph().layerNames());
    assertThat(trained.graph()).isEqualTo(resaved.graph());
    assertThat(trained.weights().sameValues(network.weights())).as(file + " trained").isFalse();
    assertThat(layers.stream().map(line -> line.substring(0, line.indexOf(' '))).toList())
        .isEqualTo(LayerCalls.inKerasOrder(LayerCalls.of(network.graph(), "")));
  }
}
