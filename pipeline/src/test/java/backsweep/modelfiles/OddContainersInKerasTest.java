package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.keras.KerasFileException;
import backsweep.network.Network;
import backsweep.tensorflow.NetworkModels;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import backsweep.testing.Scores;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what Keras itself wrote; skipped where the property {@code keras.python} is unset. */
class OddContainersInKerasTest {

  private static final int IMAGES = 6;
  private static final int CLASSES = 5;

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws Exception {
    RealKeras.in(folder).run(SmallModels.path("odd_containers.py"), List.of(folder.toString()));
  }

  private static Network read(String name) {
    return KerasReader.read(folder.resolve(name), Optional.empty());
  }

  @Test
  void namesThatDoNotFitIntoOneAttributeAreRead() {
    Network hdf = read("long.h5");
    Network zip = read("long.keras");
    Network weights =
        KerasReader.read(
            folder.resolve("long.weights.h5"), Optional.of(folder.resolve("long.json")));

    assertThat(hdf.graph().layerNames()).hasSize(1_104).contains("c".repeat(60), "d".repeat(60));
    assertThat(zip.graph()).isEqualTo(hdf.graph());
    assertThat(zip.weights().sameValues(hdf.weights())).isTrue();
    assertThat(weights.weights().sameValues(hdf.weights())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed_float16", "mixed_bfloat16"})
  void aNetworkOfMixedPrecisionAnswersAsItsWeightsDoInFloat32(String policy) throws IOException {
    Network network = read(policy + ".keras");

    float[] ours = answers(network);

    assertThat(read(policy + ".h5").weights().sameValues(network.weights())).isTrue();
    Scores.assertClose(ours, floats("float32"));
    assertThat(ours)
        .usingComparatorWithPrecision(policy.contains("bf") ? 3e-2f : 5e-3f)
        .containsExactly(floats(policy));
  }

  private static float[] answers(Network network) throws IOException {
    try (WholePredictor predictor =
        new WholePredictor(new NetworkModels(network, 1).whole(), new Threads(2, 2))) {
      float[][] answers = predictor.probabilities(new Pixels(IMAGES, floats("images")));
      float[] flat = new float[IMAGES * CLASSES];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = answers[i / CLASSES][i % CLASSES];
      }
      return flat;
    }
  }

  private static float[] floats(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
    float[] values = new float[bytes.capacity() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  @Test
  void aFolderThatWasExportedIsRefusedWithTheWayOut() {
    for (Path path : List.of(folder.resolve("exported"), exported("saved_model.pb"))) {
      assertThatThrownBy(() -> KerasReader.read(path, Optional.empty()))
          .isInstanceOf(KerasFileException.class)
          .hasMessageStartingWith(path + ": expected a ")
          .hasMessageEndingWith(
              "found a TensorFlow SavedModel, as model.export() writes it; save the network in"
                  + " Keras, by model.save(\"network.keras\")");
    }
  }

  private static Path exported(String name) {
    return folder.resolve("exported").resolve(name);
  }
}
