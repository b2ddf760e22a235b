package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

  @ParameterizedTest
  @ValueSource(strings = {"/dev/pts/0", "/dev/pts/12", "/dev/tty", "/dev/tty1", "/dev/console"})
  void aTerminalHasColumns(String device) {
    assertThat(Terminal.columns(device, Map.of("TERM", "xterm", "COLUMNS", "132"))).hasValue(132);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe:[123]", "/dev/null", "/tmp/run.err", "socket:[7]", "/dev/pts"})
  void anythingElseIsNoTerminal(String device) {
    assertThat(Terminal.columns(device, Map.of("TERM", "xterm", "COLUMNS", "132"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"dumb", "''"})
  void aTerminalThatCannotRewriteALineIsTakenAsNone(String type) {
    assertThat(Terminal.columns("/dev/pts/0", Map.of("TERM", type))).isEmpty();
    assertThat(Terminal.columns("/dev/pts/0", Map.of())).isEqualTo(OptionalInt.empty());
  }

  @ParameterizedTest
  @CsvSource({"'',80", "0,80", "wide,80", "999999,80", "5,20", "81,81"})
  void itIsAsWideAsItsEnvironmentSaysIfThatCanBe(String columns, int expected) {
    Map<String, String> environment = Map.of("TERM", "xterm", "COLUMNS", columns);
    assertThat(Terminal.columns("/dev/pts/0", environment)).hasValue(expected);
  }
}
