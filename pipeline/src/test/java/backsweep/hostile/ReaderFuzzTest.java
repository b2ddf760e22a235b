package backsweep.hostile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for files that end in another way than they may, led by what of the readers they reach. In
 * a usual run the files of the tests themselves are read; {@code mvn -Pfuzz
 * -Dtest='ReaderFuzzTest#network' test} looks for others for ten minutes.
 */
class ReaderFuzzTest {

  private static final int LARGEST = 20_000;
  private static final String DURATION = "10m";

  @TempDir private static Path folder;
  private static Path architecture;
  private static Path weights;

  @BeforeAll
  static void findSound() {
    architecture = Seed.named("keras/small.json").file();
    weights = Seed.named("keras/small.h5").file();
  }

  private static Stream<byte[]> seeds(Subject subject) {
    return Seed.all().stream()
        .filter(seed -> seed.subject() == subject && seed.file().toFile().length() <= LARGEST)
        .map(Seed::bytes);
  }

  static Stream<byte[]> networks() {
    return seeds(Subject.NETWORK);
  }

  static Stream<byte[]> weightFiles() {
    return seeds(Subject.WEIGHTS);
  }

  static Stream<byte[]> architectures() {
    return seeds(Subject.ARCHITECTURE);
  }

  static Stream<byte[]> imageFiles() {
    return seeds(Subject.IMAGES);
  }

  static Stream<byte[]> pictures() {
    return seeds(Subject.PICTURE);
  }

  @MethodSource("networks")
  @FuzzTest(maxDuration = DURATION)
  void network(byte[] bytes) throws IOException {
    read(Subject.NETWORK, bytes, architecture);
  }

  @MethodSource("weightFiles")
  @FuzzTest(maxDuration = DURATION)
  void weights(byte[] bytes) throws IOException {
    read(Subject.WEIGHTS, bytes, architecture);
  }

  @MethodSource("architectures")
  @FuzzTest(maxDuration = DURATION)
  void architecture(byte[] bytes) throws IOException {
    read(Subject.ARCHITECTURE, bytes, weights);
  }

  @MethodSource("imageFiles")
  @FuzzTest(maxDuration = DURATION)
  void images(byte[] bytes) throws IOException {
    read(Subject.IMAGES, bytes, architecture);
  }

  @MethodSource("pictures")
  @FuzzTest(maxDuration = DURATION)
  void picture(byte[] bytes) throws IOException {
    read(Subject.PICTURE, bytes, architecture);
  }

  static Stream<byte[]> folders() {
    return seeds(Subject.FOLDER);
  }

  @MethodSource("folders")
  @FuzzTest(maxDuration = DURATION)
  void folder(byte[] bytes) throws IOException {
    read(Subject.FOLDER, bytes, architecture);
  }

  private static void read(Subject subject, byte[] bytes, Path sound) throws IOException {
    Path file = Files.write(folder.resolve("input"), bytes);
    try {
      subject.reads(file, sound).ifPresent(model -> model.repair(folder));
    } catch (RuntimeException e) {
      if (!Subject.isRefusal(e)) {
        throw e;
      }
    }
  }
}
