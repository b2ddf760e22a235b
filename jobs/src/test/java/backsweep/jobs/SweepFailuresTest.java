package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of networks of which one is broken. */
class SweepFailuresTest {

  @TempDir private static Path folder;
  private static SweepCall call;

  @TempDir private Path output;

  @BeforeAll
  static void make() {
    call = SweepCall.withNetworks(folder);
    Edited.truncated(call.file("zoo/one.h5"), 100, call.file("zoo/broken.h5"));
  }

  private Outcome sweep(String networks, String failOn) {
    return call.into(
        output.resolve("out"),
        "--network=" + call.file(networks),
        "--fail-on=" + failOn,
        "--progress=none");
  }

  @Test
  void theOthersAreFinishedAndTheReportSaysWhatFailed() throws IOException {
    Outcome outcome = sweep("zoo/*.h5", "any");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.err()).isEmpty();
    String broken = call.file("zoo/broken.h5").toString();
    assertThat(outcome.out())
        .containsPattern("\n\\[[123]/3\\] one-\\w+  accuracy ")
        .containsPattern("\n\\[[123]/3\\] two-\\w+  accuracy ")
        .containsPattern(
            "\n\\[[123]/3\\] \\Q" + broken + "\\E  FAILED at inputs: .*it is truncated")
        .containsPattern("\n  networks +done +failed\n +3 +2 +1\n")
        .containsPattern("\nFAILED    \\Q" + broken + "\\E, at inputs: .*it is truncated");
    assertThat(CommittedTables.of(output.resolve("out")).rows().get("evaluations"))
        .extracting(row -> ((String) row.get("network")).replaceFirst("-.*", ""))
        .contains("one", "two");
    assertThat(statuses())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("broken.h5", "failed", "one.h5", "done", "two.h5", "done"));
  }

  private Map<String, String> statuses() throws IOException {
    Path out = output.resolve("out");
    String manifest =
        FileTree.of(out)
            .ending("/manifest.json")
            .filter(path -> path.startsWith("runs/"))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper()
        .readTree(out.resolve(manifest).toFile()).get("networks").findParents("status").stream()
            .collect(
                Collectors.toMap(
                    node -> Path.of(node.get("file").asText()).getFileName().toString(),
                    node -> node.get("status").asText()));
  }

  @Test
  void thePersonChoosesWhatTheCodeSays() {
    assertThat(sweep("zoo/{broken,one}.h5", "all").code()).isZero();
    assertThat(sweep("zoo/broken.h5", "all").code()).isEqualTo(1);
    assertThat(sweep("zoo/broken.h5", "never").code()).isZero();
  }
}
