package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training whose process is killed leaves nothing that looks complete and is not. */
class KilledTrainingIT {

  @TempDir private static Path shared;

  private static TrainingCall call;
  private static Map<String, String> expected;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    call = TrainingCall.withImages(shared.resolve("training.h5"));
    Path folder = Files.createDirectories(shared.resolve("undisturbed"));
    try (ChildProcess process = start(folder)) {
      assertThat(process.exitCode()).as(process.output()).isZero();
    }
    expected = TrainingCall.networks(folder.resolve("zoo"));
    assertThat(expected).containsOnlyKeys("one.h5", "two.h5", "three.h5");
  }

  private static ChildProcess start(Path folder) {
    return LauncherCall.in(folder)
        .onSpark("--master local[1]")
        .start(call.into(folder.resolve("zoo"), "one", "two", "three"));
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

    assertThat(expected).containsAllEntriesOf(TrainingCall.networks(folder.resolve("zoo")));
    try (ChildProcess rerun = start(folder)) {
      assertThat(rerun.exitCode()).as(rerun.output()).isZero();
    }
    assertThat(TrainingCall.networks(folder.resolve("zoo"))).isEqualTo(expected);
  }
}
