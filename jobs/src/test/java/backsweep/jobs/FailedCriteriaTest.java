package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Criteria that a network does not allow, beside others. */
class FailedCriteriaTest {

  private static final String REASON =
      "gradients need a network that ends in softmax, found Activate[function=SIGMOID]";

  private static final String NO_GRADIENTS =
      "gradients: criterion taylor: expected gradients of the loss on clean validation images that"
          + " are finite, found NaN in channel ";

  @TempDir private Path folder;

  private Path output(String name) {
    return folder.resolve(name);
  }

  private static Path withoutSoftmax(Path network, Path target) {
    return Edited.replaced(network, "\"softmax\"", "\"sigmoid\"", target);
  }

  private DefendCall defend(String output, String criteria) {
    return DefendCall.into(output(output))
        .reporting("bn_after")
        .with(
            "--network",
            withoutSoftmax(Fixture.path("zoo/bn_after.h5"), folder.resolve("network.h5")))
        .with("--criterion", criteria);
  }

  private static JsonNode manifest(Path output) throws IOException {
    String file =
        FileTree.of(output)
            .ending("/manifest.json")
            .filter(path -> path.startsWith("runs/"))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper().readTree(output.resolve(file).toFile());
  }

  @Test
  void costsItsOwnRowsOnly() throws IOException {
    Outcome outcome = defend("out", "mean-activation,taylor,kernel-l1").run();

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.out())
        .contains("\nNote      no order by taylor: " + REASON)
        .contains("\ntaylor: FAILED at inputs: " + REASON);
    assertThat(WrittenTable.read(output("out"), "units", "kind", "status", "reason"))
        .filteredOn(row -> row.getString(1).equals("failed"))
        .singleElement()
        .satisfies(row -> assertThat(row.getString(0)).isEqualTo("curve"))
        .satisfies(row -> assertThat(row.getString(2)).startsWith("inputs: " + REASON));
    JsonNode failed = manifest(output("out")).at("/criteria/2");
    assertThat(failed.get("criterion").asText()).isEqualTo("taylor");
    assertThat(failed.get("status").asText()).isEqualTo("failed");
    assertThat(failed.get("reason").asText()).startsWith(REASON);

    assertThat(defend("without", "mean-activation,kernel-l1").run().code()).isZero();
    Map<String, List<Map<String, Object>>> rows = CommittedTables.of(output("out")).rows();
    Map<String, List<Map<String, Object>>> without = CommittedTables.of(output("without")).rows();
    rows.remove("units");
    without.remove("units");
    assertThat(rows).isEqualTo(without);
  }

  @Test
  void isSaidBeforeAnythingIsDone() {
    Outcome outcome = defend("out", "mean-activation,taylor").dry().run();

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.out()).contains("\nNote      no order by taylor: " + REASON);
    assertThat(output("out")).doesNotExist();
  }

  @Test
  void endsTheRunWhereThereIsNoOther() {
    Outcome outcome = defend("out", "taylor,anp").run();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .startsWith("backsweep: " + folder.resolve("network.h5") + ", criterion taylor: " + REASON);
    assertThat(output("out")).doesNotExist();
  }

  /** Every class has the score infinity. */
  private static void withInfiniteScores(Path network, Path target) {
    float[] large = new float[256 * 4];
    Arrays.fill(large, 3e38f);
    Edited.revalued(network, "model_weights/output/output/kernel:0", large, target);
  }

  @Test
  void leavesTheOtherNetworksOfASweepAndTheOtherCriteriaOfItsOwn() throws IOException {
    SweepCall call = SweepCall.withNetworks(folder);
    withInfiniteScores(call.file("zoo/one.h5"), call.file("zoo/other.h5"));
    Path out = output("out");

    Outcome outcome = sweep(call, "*", "mean-activation,taylor", "any");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsPattern(
            "\n\\[2/3\\] other-\\w+  accuracy [\\d.]+, ASR [\\d.]+; .*  FAILED at " + NO_GRADIENTS)
        .containsPattern("\n  networks +done +partly failed +failed\n +3 +2 +1 +0\n")
        .contains("\nFAILED    %s, at %s".formatted(call.file("zoo/other.h5"), NO_GRADIENTS));
    JsonNode network = manifest(out).at("/networks/1");
    assertThat(network.get("network").asText()).startsWith("other-");
    assertThat(network.get("status").asText()).isEqualTo("partly failed");
    assertThat(network.at("/failures/0/stage").asText()).isEqualTo("gradients");
    assertThat(criteriaByNetwork(out))
        .containsExactly(
            "one mean-activation",
            "one taylor",
            "other mean-activation",
            "two mean-activation",
            "two taylor");

    assertThat(sweep(call, "other", "mean-activation,taylor", "all").code()).isZero();
    Outcome nothing = sweep(call, "other", "taylor", "all");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.out())
        .containsPattern(
            "other.h5  FAILED at gradients on .* UTC, not tried again .*: criterion taylor: expected"
                + " gradients")
        .containsPattern("\n +1 +0 +0 +1\n");
  }

  @Test
  void costsOneNetworkOfABatchWhereThereIsNoOther() {
    SweepCall call = SweepCall.withNetworks(folder);
    withInfiniteScores(call.file("zoo/one.h5"), call.file("zoo/other.h5"));

    Outcome outcome = sweep(call, "*", "taylor", "any");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("/zoo/other.h5  FAILED at " + NO_GRADIENTS)
        .containsPattern("\n +3 +2 +0 +1\n");
    assertThat(outcome.log()).doesNotContain("failed together");
  }

  private static List<String> criteriaByNetwork(Path out) {
    return WrittenTable.read(out, "pruning_curve", "network", "criterion").stream()
        .map(row -> row.getString(0).replaceFirst("-.*", "") + " " + row.getString(1))
        .distinct()
        .sorted()
        .toList();
  }

  private Outcome sweep(SweepCall call, String networks, String criteria, String failOn) {
    return call.into(
        output("out"),
        "--network=" + call.file("zoo/" + networks + ".h5"),
        "--criterion=" + criteria,
        "--fail-on=" + failOn,
        "--progress=none");
  }
}
