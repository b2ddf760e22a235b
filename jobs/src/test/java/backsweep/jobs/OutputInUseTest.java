package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.store.OutputLock;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputInUseTest {

  @TempDir private Path output;

  @Test
  void endsTheRunAndNamesTheOther() {
    try (OutputLock lock =
        OutputLock.acquire(new Configuration(), output.toString(), "defend other")) {
      Outcome outcome = DefendCall.into(output).run();

      assertThat(outcome.problems())
          .singleElement()
          .asString()
          .startsWith(
              "backsweep: %s: another run writes there: defend other (process %d on "
                  .formatted(output, ProcessHandle.current().pid()))
          .endsWith("; wait until it ends or choose another output");
      assertThat(outcome.code()).isEqualTo(4);
      assertThat(outcome.log()).doesNotContain("ERROR", "Exception", "Importing");
      lock.requireHeld();
    }
  }
}
