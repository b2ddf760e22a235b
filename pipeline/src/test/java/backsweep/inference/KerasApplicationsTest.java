package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.modelfiles.KerasReader;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.testing.KerasAnswers;
import backsweep.testing.RealKeras;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole networks of {@code keras.applications} with random weights: they are read, have a sensible
 * place to prune, and answer as in Keras, also with half of that convolution's channels pruned.
 */
class KerasApplicationsTest {

  private static final Logger LOG = LoggerFactory.getLogger(KerasApplicationsTest.class);

  /** The convolution that is pruned by default, of each. */
  private static final Map<String, String> PRUNED =
      Map.of(
          "ResNet50", "conv5_block3_3_conv",
          "ResNet50V2", "conv5_block3_3_conv",
          "MobileNetV2", "Conv_1",
          "EfficientNetB0", "top_conv",
          "DenseNet121", "conv5_block16_2_conv",
          "Xception", "block14_sepconv2",
          "InceptionV3", "conv2d_92",
          "VGG16", "block5_conv3");

  @TempDir private Path folder;

  @Test
  void applicationsAnswerAsInKeras() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    keras.run("make_applications.py", List.of(folder.toString()));
    KerasAnswers answers = new KerasAnswers(folder.resolve("answers.h5"));
    Map<String, String> pruned = new TreeMap<>();
    for (String name : answers.names()) {
      long start = System.nanoTime();
      Network network = KerasReader.read(folder.resolve(name + ".keras"), Optional.empty());
      long read = System.nanoTime() - start;
      PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
      pruned.put(name, point.convolution());
      assertThat(answers.masked(name)).containsExactly(point.convolution().replace('/', '|'));
      float difference = answers.compare(name, network);
      LOG.info("{} read in {} ms, largest difference {}", name, read / 1_000_000, difference);
    }
    assertThat(pruned).isEqualTo(PRUNED);
  }
}
