package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {

  private static final List<String> CRITERIA = List.of("mean-activation", "kernel-l1", "none");

  /** Of equals the criterion that was named first, before what was fine-tuned. */
  private static final Comparator<Map<String, Object>> BY_WORTH =
      Comparator.<Map<String, Object>>comparingDouble(
              row -> (Double) row.get("defenceEffectiveness"))
          .thenComparingDouble(row -> -(Double) row.get("attackSuccessRate"))
          .thenComparingDouble(row -> (Double) row.get("cleanAccuracy"))
          .thenComparing(
              Comparator.<Map<String, Object>>comparingInt(
                      row -> CRITERIA.indexOf(row.get("criterion")))
                  .thenComparing(SweepCommandTest::isTuned)
                  .reversed());

  @TempDir private static Path folder;
  private static SweepCall call;

  @TempDir private Path output;

  @BeforeAll
  static void make() {
    call = SweepCall.withNetworks(folder);
  }

  @Test
  void everyNetworkHasALineOfWhatTheTablesHave() throws IOException {
    Path out = output.resolve("out");
    Outcome outcome =
        call.into(
            out,
            "--network=" + call.file("zoo/*.h5"),
            "--criterion=mean-activation,kernel-l1,random,none",
            "--fine-tune=" + moreImages(),
            "--progress=plain",
            "--set=fine-tune-epochs=1",
            "--set=random-orders=1");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    assertThat(outcome.log()).doesNotContain("WARN", "ERROR", "Exception");
    List<String> lines = outcome.out().lines().filter(line -> line.startsWith("[")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("[1/2] one-");
    assertThat(lines.get(1)).startsWith("[2/2] two-");
    List<Map<String, Object>> evaluations = CommittedTables.of(out).rows().get("evaluations");
    for (String line : lines) {
      assertThat(line.substring("[1/2] ".length())).isEqualTo(expected(name(line), evaluations));
    }
    assertThat(outcome.out())
        .contains("Networks  2, 16 in a batch; by mean-activation, kernel-l1, random, none; into ")
        .containsPattern("\n\\[1/2].* 20 %: [\\d.]+ / [\\d.]+ \\([a-z]")
        .containsPattern("\n  networks +done +partly failed +failed\n +2 +2 +0 +0\n")
        .doesNotContain("FAILED")
        .containsPattern("\nTime +[\\d.]+ s: start [\\d.]+");
    assertThat(outcome.err()).contains("networks: 2 done, 0 failed, 0 to go");
    JsonNode manifest = manifest(out);
    assertThat(manifest.get("networks").findValuesAsText("status")).containsExactly("done", "done");
    assertThat(manifest.get("networks").findValuesAsText("network"))
        .containsExactly(name(lines.get(0)), name(lines.get(1)));
    assertThat(manifest.at("/networks/0/file").asText())
        .isEqualTo(call.file("zoo/one.h5").toString());
    assertThat(manifest.at("/configuration/backsweep/networks/0/path").asText())
        .isEqualTo(call.file("zoo/*.h5").toString());
  }

  /** Clean images that are none of the others. */
  private Path moreImages() {
    double[][][][] data = new double[32][3][16][16];
    int[] labels = new int[32];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 4;
      for (double[][] channel : data[i]) {
        for (double[] row : channel) {
          Arrays.fill(row, 70 + 40 * labels[i]);
        }
      }
    }
    return ImageFile.write(output.resolve("more.h5"), data, labels);
  }

  private static String name(String line) {
    return line.replaceFirst("^\\S+ (\\S+) .*", "$1");
  }

  private static JsonNode manifest(Path out) throws IOException {
    List<String> files =
        FileTree.of(out).ending("/manifest.json").filter(path -> path.startsWith("runs/")).toList();
    assertThat(files).hasSize(1);
    return new ObjectMapper().readTree(out.resolve(files.get(0)).toFile());
  }

  /** The line of a network by the tables. */
  private static String expected(String network, List<Map<String, Object>> evaluations) {
    List<Map<String, Object>> rows =
        evaluations.stream().filter(row -> row.get("network").equals(network)).toList();
    Map<String, Object> original =
        rows.stream().filter(row -> row.get("subject").equals("original")).findFirst().get();
    return "%s  accuracy %s, ASR %s; 2 %%: %s; 20 %%: %s"
        .formatted(
            network,
            percent(original, "cleanAccuracy"),
            percent(original, "attackSuccessRate"),
            best(rows, 2),
            best(rows, 20));
  }

  private static String best(List<Map<String, Object>> rows, double drop) {
    return rows.stream()
        .filter(row -> row.get("subject").equals("repaired"))
        .filter(row -> row.get("dropPercent").equals(drop) || row.get("criterion").equals("none"))
        .filter(row -> row.get("step") != null)
        .filter(row -> CRITERIA.contains((String) row.get("criterion")))
        .filter(row -> isTuned(row) || !row.get("criterion").equals("none"))
        .max(BY_WORTH)
        .map(
            row ->
                "%s / %s (%s%s)"
                    .formatted(
                        percent(row, "cleanAccuracy"),
                        percent(row, "attackSuccessRate"),
                        row.get("criterion"),
                        isTuned(row) ? ", tuned" : ""))
        .orElse("nothing is repaired");
  }

  private static boolean isTuned(Map<String, Object> row) {
    return (Boolean) row.get("fineTuned");
  }

  private static String percent(Map<String, Object> row, String column) {
    return String.format(Locale.ROOT, "%.3f", 100 * (Double) row.get(column));
  }

  /** Each entry with what is its own; what an entry leaves out is not known. */
  @Test
  void entriesDiffer() {
    Path list =
        Edited.text(
            """
            backsweep.networks = [
              { path = "%s", poisoned = {}, clean-test = null }
              { path = "%s" }
            ]
            """
                .formatted(call.file("zoo/two.h5"), call.file("zoo/*.h5")),
            output.resolve("some.conf"));

    Outcome outcome = call.into(output.resolve("out"), "--config=" + list, "--progress=none");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("Note      " + call.file("zoo/two.h5") + ": taken as networks[0].path has it")
        .containsPattern("\n\\[1/2\\] two-\\w+  accuracy -, ASR -; 2 %: ")
        .containsPattern("\n\\[2/2\\] one-\\w+  accuracy [\\d.]+, ASR [\\d.]+; 2 %: ");
  }

  @Test
  void aNetworkWhoseRepairFailedHasFailedAndTellsWhatIsKnown() throws IOException {
    Path out = output.resolve("out");
    Outcome outcome =
        call.into(
            out,
            "--network=" + call.file("zoo/one.h5"),
            "--criterion=none",
            "--fine-tune=" + moreImages(),
            "--set=fine-tune-learning-rate=1e30",
            "--progress=none");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern(
            "\n\\[1/1\\] one-\\w+  accuracy [\\d.]+, ASR [\\d.]+; 0 %: nothing is repaired"
                + "  FAILED at repairs: X = 0 %, none, fine-tuned: ")
        .containsPattern("\nFAILED    \\S+/zoo/one.h5, at repairs: X = 0 %, none, fine-tuned: ");
    assertThat(manifest(out).at("/networks/0/status").asText()).isEqualTo("partly failed");
    assertThat(manifest(out).at("/networks/0/network").asText()).startsWith("one-");
    assertThat(manifest(out).at("/networks/0/failures/0/stage").asText()).isEqualTo("repairs");
  }

  @Test
  void aDryRunPrintsTheConfigurationAndTheNetworksAndWritesNothing() {
    Outcome outcome =
        call.into(
            output.resolve("out"),
            "--network=" + call.file("zoo/t*.h5"),
            "--network=" + call.file("zoo/one.h5"),
            "--dry-run");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("networks-per-batch=16", "fail-on=any", "Networks  2, 16 in a batch")
        .contains(
            "  %s: square%n  %s: square%n"
                .formatted(call.file("zoo/two.h5"), call.file("zoo/one.h5")))
        .doesNotContain("[1/2]");
    assertThat(output.resolve("out")).doesNotExist();
  }

  @Test
  void whatMatchesNothingIsSaidBeforeAnythingIsDone() {
    Outcome outcome = call.into(output.resolve("out"), "--network=" + call.file("zoo/x*.h5"));

    assertThat(outcome.problems())
        .containsExactly(
            "backsweep: networks[0].path: expected files that match \"%s\", found none"
                .formatted(call.file("zoo/x*.h5")));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(output.resolve("out")).doesNotExist();
  }
}
