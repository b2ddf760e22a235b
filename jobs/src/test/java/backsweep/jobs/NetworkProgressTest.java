package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetworkProgressTest {

  private final FakeClock clock = new FakeClock();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final NetworkProgress progress =
      new NetworkProgress(
          new PrintStream(out, true, StandardCharsets.UTF_8), Duration.ofSeconds(10), 2_000, clock);

  @Test
  void saysNowAndThenWhatIsDoneAndLeftAndInTheEndAlways() {
    clock.pass(Duration.ofSeconds(5));
    progress.finished(1, 0);
    clock.pass(Duration.ofSeconds(9));
    progress.finished(1, 1);
    clock.pass(Duration.ofSeconds(6));
    progress.finished(18, 2);
    clock.pass(Duration.ofMillis(1));
    progress.finished(1_998, 2);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "networks: 1 done, 0 failed, 1,999 to go, 2 h 46 min left",
            "networks: 18 done, 2 failed, 1,980 to go, 33 min 00 s left",
            "networks: 1,998 done, 2 failed, 0 to go");
  }
}
