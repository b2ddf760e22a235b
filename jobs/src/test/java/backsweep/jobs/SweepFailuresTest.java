package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        .containsPattern("\n  networks +done +partly failed +failed\n +3 +2 +0 +1\n")
        .containsPattern("\nFAILED    \\Q" + broken + "\\E, at inputs: .*it is truncated");
    assertThat(CommittedTables.of(output.resolve("out")).rows().get("evaluations"))
        .extracting(row -> ((String) row.get("network")).replaceFirst("-.*", ""))
        .contains("one", "two");
    assertThat(statuses())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("broken.h5", "failed", "one.h5", "done", "two.h5", "done"));
  }

  @Test
  void whatFailedEarlierIsSaidWithItsTimeAndHowItIsTriedAgain() {
    assertThat(sweep("zoo/broken.h5", "any").code()).isEqualTo(1);

    Outcome second = sweep("zoo/broken.h5", "any");

    String broken = call.file("zoo/broken.h5").toString();
    String earlier =
        "inputs on [-\\d]{10} [:\\d]{8} UTC, not tried again \\(--retry-failed does\\): expected an"
            + " HDF5 file of ";
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.out())
        .containsPattern("\n\\[1/1\\] \\Q" + broken + "\\E  FAILED at " + earlier)
        .containsPattern("\nFAILED    \\Q" + broken + "\\E, at " + earlier)
        .doesNotContain(": inputs:", broken + ":");
    assertThat(WrittenTable.read(output.resolve("out"), "units", "status")).hasSize(1);
  }

  @Test
  void anOrderOfChannelsThatANetworkHasNotIsAFailureOfItsInputs() {
    Path order = Edited.text("channel\n2\n20\n", output.resolve("order.csv"));
    Path list =
        Edited.text(
            """
            backsweep.networks = [{ path = "%s", layer = conv_1 }, { path = "%s" }]
            """
                .formatted(call.file("zoo/one.h5"), call.file("zoo/two.h5")),
            output.resolve("some.conf"));
    Path out = output.resolve("out");
    List<Object> options = List.of("--config=" + list, "--order=" + order, "--progress=none");

    Outcome outcome = call.into(out, options.toArray());

    String reason =
        "--order " + order + ", row 2: expected channels of conv_1, 0 to 15, found 20\n";
    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("/2] " + call.file("zoo/one.h5") + "  FAILED at inputs: " + reason)
        .containsPattern("/2\\] two-\\w+  accuracy ")
        .containsPattern("\n +2 +1 +0 +1\n");

    List<Object> more = new ArrayList<>(options);
    more.add("--criterion=given,mean-activation");
    Outcome both = call.into(out, more.toArray());

    assertThat(both.code()).isEqualTo(1);
    assertThat(both.out())
        .containsPattern(
            "/2\\] one-\\w+  accuracy .*  FAILED at inputs: criterion given:"
                + " \\Q"
                + reason.strip()
                + "\\E\n")
        .containsPattern("\n +2 +1 +1 +0\n");
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
