package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.FileHash;
import backsweep.images.Hdf5ImageWriter;
import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training whose process is killed leaves nothing that looks complete and is not. */
class KilledTrainingIT {

  private static final ImageShape SHAPE = new ImageShape(16, 16, 3);
  private static final String NETWORKS =
      "[{name=one,attack=none},{name=two,attack=none,seed=2},{name=three,attack=none,seed=3}]";

  @TempDir private static Path shared;

  private static Map<String, String> expected;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    Random random = new Random(1);
    byte[] bytes = new byte[256 * SHAPE.values()];
    int[] labels = new int[256];
    for (int i = 0; i < bytes.length; i++) {
      labels[i / SHAPE.values()] = i / SHAPE.values() % 4;
      bytes[i] = (byte) (random.nextInt(60) + 40 * labels[i / SHAPE.values()]);
    }
    ImageBlock block = new ImageBlock(0, new Pixels(SHAPE, PixelEncoding.UINT8, bytes), labels);
    Hdf5ImageWriter.write(shared.resolve("training.h5"), SHAPE, List.of(block).iterator());
    Path folder = Files.createDirectories(shared.resolve("undisturbed"));
    try (ChildProcess process = start(folder)) {
      assertThat(process.exitCode()).as(process.output()).isZero();
    }
    expected = networks(folder);
    assertThat(expected).containsOnlyKeys("one.h5", "two.h5", "three.h5");
  }

  private static List<String> arguments(Path folder) {
    return List.of(
        "train",
        "--training=" + shared.resolve("training.h5"),
        "--architecture=batch-normalized",
        "--set=networks=" + NETWORKS,
        "--epochs=20",
        "--output=" + folder.resolve("zoo"));
  }

  private static ChildProcess start(Path folder) {
    return LauncherCall.in(folder).onSpark("--master local[1]").start(arguments(folder));
  }

  /** The networks that are there, by their hashes. */
  private static Map<String, String> networks(Path folder) throws IOException {
    Map<String, String> networks = new TreeMap<>();
    if (Files.exists(folder.resolve("zoo"))) {
      try (Stream<Path> files = Files.list(folder.resolve("zoo"))) {
        files
            .filter(file -> file.toString().endsWith(".h5"))
            .filter(file -> !file.getFileName().toString().startsWith("."))
            .forEach(file -> networks.put(file.getFileName().toString(), FileHash.sha256(file)));
      }
    }
    return networks;
  }

  /** In the middle of a training, and as soon as a network is there, while the next one learns. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "one: epoch 1 ",
        "one: epoch 12 ",
        "one: epoch 20 ",
        "two: epoch 1 ",
        "three: epoch 20 "
      })
  void leavesWholeNetworksOnlyAndIsMadeGood(String moment) throws IOException {
    Path folder = Files.createDirectories(shared.resolve(moment.replaceAll("\\W", "-")));
    try (ChildProcess process = start(folder)) {
      Await.until(moment, () -> process.output().contains(moment));
      process.kill();
    }

    assertThat(expected).containsAllEntriesOf(networks(folder));
    try (ChildProcess rerun = start(folder)) {
      assertThat(rerun.exitCode()).as(rerun.output()).isZero();
    }
    assertThat(networks(folder)).isEqualTo(expected);
  }
}
