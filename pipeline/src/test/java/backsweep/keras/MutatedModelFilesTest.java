package backsweep.keras;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.modelfiles.KerasReader;
import backsweep.modelfiles.MissingArchitectureException;
import backsweep.network.InvalidNetworkException;
import backsweep.network.UnsupportedNetworkException;
import backsweep.testing.Fixtures;
import backsweep.testing.SmallModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to the bytes of a model, it is read, or refused in our own words. */
class MutatedModelFilesTest {

  private static final int MUTATIONS = 250;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"zoo/bn_after.h5", "zoo/bn_after.keras", "small.h5", "split.h5", "compressed.h5"})
  @Timeout(30)
  void aMutatedFileIsReadOrRefused(String name) throws IOException {
    boolean zoo = name.startsWith("zoo/");
    byte[] original = Files.readAllBytes(zoo ? Fixtures.path(name) : SmallModels.path(name));
    Optional<Path> architecture = zoo ? Optional.empty() : Optional.of(SmallModels.architecture());
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Path file = Files.write(folder.resolve("mutated"), mutated(original, new Random(seed)));
      refused += isRefused(file, architecture) ? 1 : 0;
    }
    assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS);
  }

  /** Any other exception, or error, is thrown on. */
  private static boolean isRefused(Path file, Optional<Path> architecture) {
    try {
      KerasReader.read(file, architecture);
      return false;
    } catch (KerasFileException
        | InvalidNetworkException
        | UnsupportedNetworkException
        | MissingArchitectureException e) {
      assertThat(e).hasMessageContaining(file.toString());
      return true;
    }
  }

  /** Half of the mutations are in the first bytes, which hold most of the structure. */
  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 2048);
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> bytes[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        for (int i = 0; i < 20; i++) {
          bytes[random.nextInt(range)] = (byte) random.nextInt();
        }
      }
      default -> {
        int from = random.nextInt(range);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + 8), (byte) random.nextInt());
      }
    }
    return bytes;
  }
}
