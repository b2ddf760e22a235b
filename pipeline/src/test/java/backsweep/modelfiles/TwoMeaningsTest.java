package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.keras.KerasFileException;
import backsweep.network.Network;
import backsweep.testing.RealKeras;
import backsweep.testing.SmallModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files in which Keras could see another network than Backsweep; skipped where the property {@code
 * keras.python} is unset.
 */
class TwoMeaningsTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws Exception {
    RealKeras.in(folder).run(SmallModels.path("two_meanings.py"), List.of(folder.toString()));
  }

  private static Network read(String name, String... architecture) {
    return KerasReader.read(
        folder.resolve(name), List.of(architecture).stream().findFirst().map(folder::resolve));
  }

  @Test
  void weightsInTwoLayoutsAreRefused() {
    assertThatThrownBy(() -> read("both_layouts.keras"))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "expected weights in one of Keras' layouts, found an attribute layer_names and a group"
                + " layers");
  }

  @Test
  void floatsThatOthersReadOtherwiseAreRefused() {
    assertThatThrownBy(() -> read("bias.h5"))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "expected values of type float16, float32 or float64, found another FloatingPoint of 4"
                + " bytes");
  }

  /** Keras takes them from the root. */
  @Test
  void weightsAloneAreThoseOfTheRoot() {
    Network plain = KerasReader.read(folder.resolve("plain.h5"), Optional.empty());

    assertThat(read("both_places.h5", "plain.json").weights().sameValues(plain.weights())).isTrue();
  }

  /** Keras sorts layers by depth again. */
  @Test
  void theOrderOfLayersInAZipDoesNotMatter() {
    assertThat(read("swapped.keras").weights().sameValues(read("branches.keras").weights()))
        .isTrue();
    assertThat(read("branches.h5").weights().sameValues(read("branches.keras").weights())).isTrue();
  }

  /** Keras takes weights by their places. */
  @Test
  void anotherOrderOfWeightsIsRefused() {
    assertThatThrownBy(() -> read("swapped.h5"))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "expected layers with weights in Keras' order, [one, two, norm, dense], found [two, one,"
                + " norm, dense]");
    assertThatThrownBy(() -> read("statistics.h5"))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith(
            "expected weights in Keras' order, [gamma, beta, moving_mean, moving_variance], found"
                + " [beta, gamma, moving_mean, moving_variance]");
  }
}
