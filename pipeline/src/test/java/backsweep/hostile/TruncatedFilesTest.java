package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.Trial.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a file that ends too early nothing is believed, wherever it ends. */
class TruncatedFilesTest {

  private static final int LENGTHS = 60;

  @TempDir private Path folder;

  static Stream<Seed> seeds() {
    return Stream.of(
            "images/type_f8.h5",
            "images/gzip_shuffle_fletcher32.h5",
            "images/index_fixed_array.h5",
            "keras/small.h5",
            "keras/split.h5",
            "keras/small.json",
            "keras/networks/frozen.h5",
            "keras/networks/nested.keras",
            "pictures/rgb.png",
            "pictures/good/rgb.png",
            "pictures/good/interlaced.png",
            "pictures/good/420.jpg",
            "pictures/good/progressive.jpg")
        .map(Seed::named);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aTruncatedFileIsRefused(Seed seed) throws IOException {
    byte[] whole = seed.bytes();
    List<Integer> read = new ArrayList<>();
    try (Trial trial = new Trial()) {
      assertThat(trial.read(seed, whole, folder.resolve("whole")).isRead()).isTrue();
      for (int part = 0; part < LENGTHS; part++) {
        int length = part * whole.length / LENGTHS;
        Outcome outcome = trial.read(seed, Arrays.copyOf(whole, length), folder.resolve("cut"));
        if (outcome.isRead()) {
          read.add(length);
        }
      }
    }
    assertThat(read).as("lengths of %d bytes", whole.length).isEmpty();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("whole", "cut");
  }
}
