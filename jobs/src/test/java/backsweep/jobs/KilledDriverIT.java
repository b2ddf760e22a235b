package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run whose process is killed leaves nothing that a rerun cannot make good. A few deaths; with
 * {@code -Psoak} many.
 */
class KilledDriverIT {

  private static final int MOMENTS = 2 * Integer.getInteger("soak.driver.deaths", 2);

  /** 128 and the number of the signal. */
  private static final int KILLED = 137;

  private static final int ATTEMPTS = 5;
  private static final long SEED = 20180901;

  @TempDir private static Path shared;

  private static CommittedTables expected;
  private static RepairFiles expectedFiles;
  private static Duration undisturbed;

  /** How long a run takes, from its first file on: there is nothing to break before. */
  @BeforeAll
  static void runUndisturbed() throws IOException {
    Path folder = Files.createDirectories(shared.resolve("undisturbed"));
    try (ChildProcess process = start(folder)) {
      Instant start = awaitOutput(folder);
      assertThat(process.exitCode()).as(process.output()).isZero();
      undisturbed = Duration.between(start, Instant.now());
    }
    expected = CommittedTables.of(output(folder));
    expectedFiles = RepairFiles.of(output(folder));
    expected.assertFilled();
    assertThat(expectedFiles.hashes()).hasSizeGreaterThan(10);
  }

  /** One moment in every part of a run, as shares of its time. */
  static Stream<Double> moments() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return Stream.iterate(0, i -> i < MOMENTS, i -> i + 1)
        .map(i -> (i + random.nextDouble()) / MOMENTS);
  }

  @ParameterizedTest(name = "killed at {0} of its time, seed " + SEED)
  @MethodSource("moments")
  void aRerunGivesWhatAnUndisturbedRunGives(double moment) throws IOException {
    Path folder = killedAt(moment);

    Outcome rerun = defend(folder).run();

    assertThat(rerun.code()).as(rerun.err() + rerun.log()).isZero();
    assertThat(CommittedTables.of(output(folder))).isEqualTo(expected);
    assertThat(RepairFiles.of(output(folder))).isEqualTo(expectedFiles);
    assertThat(FileTree.of(output(folder)).ending(".lock")).isEmpty();
  }

  /** The folder of a run that was killed. */
  private static Path killedAt(double moment) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Path folder =
          Files.createDirectories(shared.resolve("killed-at-%s-%d".formatted(moment, attempt)));
      try (ChildProcess process = start(folder)) {
        Instant start = awaitOutput(folder);
        Duration rest = Duration.ofMillis((long) (undisturbed.toMillis() * moment));
        if (!process.endsWithin(rest) && process.kill() == KILLED) {
          return folder;
        }
        // The machine has become quicker than when the undisturbed run took its time.
        undisturbed = Duration.between(start, Instant.now());
      }
    }
    throw new AssertionError("every run ended before it could be killed");
  }

  private static Path output(Path folder) {
    return folder.resolve("out");
  }

  private static DefendCall defend(Path folder) {
    return DefendCall.into(output(folder)).reporting("bn_after");
  }

  private static ChildProcess start(Path folder) {
    return LauncherCall.in(folder).onSpark("--master local[2]").start(defend(folder).arguments());
  }

  private static Instant awaitOutput(Path folder) {
    Await.until("an output", () -> Files.exists(output(folder)));
    return Instant.now();
  }
}
