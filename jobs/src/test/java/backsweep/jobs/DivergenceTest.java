package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses that are no finite number: what takes them fails and says what to do about it. */
class DivergenceTest {

  private static final float LARGE = 3e38f;
  private static final String SMALLER =
      "the weights are too large, or pixels are not divided by what the network was trained with"
          + " (--input-scale)";

  @TempDir private Path folder;

  private DefendCall call() {
    return DefendCall.into(output()).reporting("bn_after");
  }

  private Path output() {
    return folder.resolve("out");
  }

  private Path revalued(String weight, int size, int first, float value) {
    float[] values = new float[size];
    Arrays.fill(values, first, size, value);
    return Edited.revalued(
        Fixture.path("zoo/bn_after.h5"),
        "model_weights/dense/dense/" + weight,
        values,
        folder.resolve("network.h5"));
  }

  private void assertEnds(DefendCall call, String... messages) {
    Outcome outcome = call.run();
    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .startsWith("backsweep: " + folder.resolve("network.h5") + ", criterion ")
        .contains(messages);
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.log()).doesNotContain("ERROR", "Exception");
    assertThat(FileTree.of(output()).ending(".h5")).isEmpty();
  }

  private void assertKeptAsFailed(String reason) {
    assertThat(WrittenTable.read(output(), "units", "kind", "status", "reason"))
        .filteredOn(row -> row.getString(1).equals("failed"))
        .containsExactly(RowFactory.create("curve", "failed", "gradients: " + reason));
  }

  /**
   * The images of the last class, which is never answered, have a loss of 3e38: two are too many.
   */
  @Test
  void ofAdversarialPruningLeaveTheOtherCriteria() {
    DefendCall call =
        call()
            .with("--network", revalued("bias", 9, 8, -LARGE))
            .with("--criterion", "anp,mean-activation");
    String reason =
        "training cannot begin: the loss of the network as it is given is Infinity; " + SMALLER;

    Outcome first = call.run();

    assertThat(first.code()).as(first.err() + first.log()).isEqualTo(1);
    assertThat(first.problems()).isEmpty();
    assertThat(first.out())
        .contains("In the order of mean-activation:", "\nanp: FAILED at gradients: " + reason)
        .doesNotContain("In the order of anp");
    assertThat(first.log()).doesNotContain("ERROR", "Exception");
    assertKeptAsFailed(reason);
    assertThat(FileTree.of(output()).ending(".h5")).isNotEmpty();

    Outcome second = call.run();

    assertThat(second.code()).isEqualTo(1);
    assertThat(second.out())
        .containsPattern(
            "\nanp: FAILED at gradients on [-\\d]{10} [:\\d]{8} UTC, not tried again"
                + " \\(--retry-failed does\\): training cannot begin: ");
    assertThat(second.log()).doesNotContain("Following gradients");
    assertKeptAsFailed(reason);

    Outcome third = call.retryingFailed().run();

    assertThat(third.code()).isEqualTo(1);
    assertThat(third.out()).contains("\nanp: FAILED at gradients: " + reason);
    assertThat(third.log()).contains("Following gradients for anp");
  }

  /** Every class has the score infinity. */
  @Test
  void ofTaylorEndTheRun() {
    Path network = revalued("kernel", 960 * 9, 0, LARGE);

    DefendCall call = call().with("--network", network).with("--criterion", "taylor");
    assertEnds(
        call,
        "criterion taylor: expected gradients of the loss on clean validation images that are"
            + " finite, found NaN in channel 0; "
            + SMALLER
            + "; criteria without gradients may still order the channels");
    assertEnds(
        call,
        "criterion taylor: failed at gradients on ",
        " UTC, not tried again (--retry-failed does): expected gradients of the loss");
  }

  @Test
  void ofFineTuningLeaveThePrunedNetworksAndAreRowsThatSayWhy() {
    Path images = ImageFile.dotted(40, folder.resolve("learned.h5"));

    Outcome outcome =
        call()
            .with("--criterion", "none,mean-activation")
            .with("--drop-percent", "2,10")
            .with("--fine-tune", images)
            .and("--set", "fine-tune-learning-rate=1e20")
            .and("--set", "fine-tune-epochs=3")
            .run();

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    String diverged =
        "fine-tuned: FAILED: training diverged: .* at step \\d; a smaller learning rate may help\n";
    assertThat(outcome.out())
        .containsPattern("\nX = 0 %, none, " + diverged)
        .containsPattern("\nX = 2 %, mean-activation, " + diverged)
        .containsPattern("\nX = 10 %, mean-activation, " + diverged);
    assertThat(outcome.log()).doesNotContain("ERROR", "\tat ");
    assertThat(FileTree.of(output()).ending(".h5"))
        .hasSize(2)
        .noneMatch(file -> file.contains("fine-tuned"));
    assertThat(WrittenTable.read(output(), "units", "kind", "status", "reason"))
        .filteredOn(row -> row.getString(0).equals("fine_tuning"))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.getString(1)).isEqualTo("failed"))
        .allSatisfy(row -> assertThat(row.getString(2)).startsWith("training diverged: "));
    assertThat(WrittenTable.read(output(), "units", "kind", "status"))
        .filteredOn(row -> !row.getString(0).equals("fine_tuning"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.getString(1)).isEqualTo("done"));
  }
}
