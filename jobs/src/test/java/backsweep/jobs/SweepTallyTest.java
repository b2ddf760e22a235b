package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.stages.Failure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTallyTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);

  private static SweepSettings settings() {
    Configuration configuration =
        Configuration.resolve(
            Section.DEFEND,
            Map.of(
                "networks",
                List.of(Map.of("path", "a.h5"), Map.of("path", "b.h5"), Map.of("path", "c.h5")),
                "clean-validation",
                "v.h5",
                "output",
                "out"),
            List.of(),
            Optional.empty());
    return SweepSettings.read(configuration, new FilePatterns(HadoopSettings.read()));
  }

  @Test
  void failuresAreSaidAtOnceAndInTheEndOnALineEach() {
    SweepSettings settings = settings();
    SweepReport report = new SweepReport(printed, settings);
    NetworkProgress progress = new NetworkProgress(printed, Duration.ZERO, 3, new FakeClock());
    SweepTally tally = new SweepTally(report, progress);

    tally.failed(
        settings.networks().get(1), new Failure("inputs", "b.h5: expected %d,\n  found x"));
    tally.failed(settings.networks().get(0), new Failure("curves", "out of memory"));
    report.print(tally.finished());

    assertThat(tally.finished()).extracting(SweptNetwork::file).containsExactly("b.h5", "a.h5");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsSequence(
            "networks: 0 done, 1 failed, 2 to go",
            "[1/3] b.h5  FAILED at inputs: expected %d, found x",
            "networks: 0 done, 2 failed, 1 to go",
            "[2/3] a.h5  FAILED at curves: out of memory")
        .containsSequence(
            "  networks     done partly failed   failed",
            "         3        0             0        3",
            "",
            "FAILED    b.h5, at inputs: expected %d, found x",
            "FAILED    a.h5, at curves: out of memory",
            "Written to out: results/ (tables as Parquet), runs/ (what was done)");
  }
}
