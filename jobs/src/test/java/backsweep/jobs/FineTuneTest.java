package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Criteria that take gradients, and fine-tuning, as a person asks for them. */
class FineTuneTest {

  private static final int LEARNED = 40;

  @TempDir private Path folder;

  private void images() {
    ImageFile.dotted(LEARNED, folder.resolve("learned.h5"));
  }

  private DefendCall call(String criteria) {
    return DefendCall.into(folder.resolve("out"))
        .reporting("bn_after")
        .with("--criterion", criteria)
        .with("--drop-percent", "2,10")
        .with("--fine-tune", folder.resolve("learned.h5"))
        .and("--set", "fine-tune-epochs=1")
        .and("--set", "anp-iterations=3");
  }

  private static Outcome done(DefendCall call) {
    Outcome outcome = call.run();
    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    return outcome;
  }

  private static List<String> withoutTimes(Outcome outcome) {
    return outcome.out().lines().filter(line -> !line.startsWith("Time ")).toList();
  }

  @Test
  void isPrintedAndRecalled() {
    images();
    String criteria = "none,mean-activation,taylor,anp";

    Outcome first = done(call(criteria));
    FileTree before = FileTree.of(folder.resolve("out")).files();
    Outcome second = done(call(criteria));

    assertThat(first.out())
        .contains("Criteria at X = 2 %, trigger:", "Criteria at X = 10 %, trigger:")
        .contains("The same at X = 2 %, trigger, fine-tuned:")
        .contains("The same at X = 10 %, trigger, fine-tuned:")
        .doesNotContain("Criteria at X = 0 %")
        .containsPattern("\n  none +0 +[\\d.]+ +[\\d.]+ +0\\.\\d{3}");
    assertThat(first.log())
        .contains("on clean images, loss")
        .contains("Pruning none of 12 channels")
        .doesNotContain("ERROR", "\tat ");
    assertThat(withoutTimes(second)).isEqualTo(withoutTimes(first));
    assertThat(second.log()).doesNotContain("on clean images, loss", "Importing", "Following");
    assertThat(FileTree.of(folder.resolve("out")).files().within(before)).isEqualTo(before);
    assertThat(FileTree.of(folder.resolve("out")).ending("-fine-tuned.h5")).hasSize(7);
  }

  /** Where nothing is pruned there is no table of repairs, and that of criteria says it. */
  @Test
  void isPrintedWhereNothingElseIsDone() {
    images();

    Outcome outcome = done(call("none"));

    assertThat(outcome.out())
        .contains("Criteria at X = 0 %, trigger:", "The same at X = 0 %, trigger, fine-tuned:")
        .containsPattern("fine-tuned:\n.*\n  none +0 +[\\d.]+ +[\\d.]+ +0\\.\\d{3}");
  }

  @Test
  void saysWhatADefenderSeesOfIt() {
    images();

    assertThat(done(call("mean-activation")).out())
        .containsPattern("X = 2 %, tuned: clean validation accuracy [\\d.]+ % \\(\\d+ of 300\\)")
        .containsPattern("X = 10 %, tuned: clean validation accuracy [\\d.]+ %");
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid", "test", "poisoned"})
  void learnsFromNoImagesThatItIsJudgedBy(String set) {
    Path judged = Fixture.path("data/bn_after_" + set + ".h5");
    DefendCall call = call("mean-activation").with("--fine-tune", judged);

    BadRun.assertFails(
        call,
        folder.resolve("other"),
        2,
        "expected images for fine-tuning that are in no other set, found the same ",
        judged + " (fine-tuning)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"taylor", "anp"})
  void needsGradientsThatAreKnown(String criterion) {
    DefendCall call =
        DefendCall.on("sigmoid_after", ".h5", folder.resolve("out")).with("--criterion", criterion);
    Path linear = Edited.copied(Fixture.path("zoo/sigmoid_after.h5"), folder.resolve("linear.h5"));
    Edited.replaced(linear, "softmax", "sigmoid", linear);

    BadRun.assertFails(
        call.with("--network", linear),
        folder.resolve("other"),
        3,
        linear + ", criterion " + criterion + ": gradients need a network that ends in softmax");
  }

  @Test
  void saysAllThatIsWrongWithItsSettings() {
    Outcome outcome =
        call("mean-activation")
            .and("--set", "fine-tune-epochs=0")
            .and("--set", "fine-tune-learning-rate=nothing")
            .and("--set", "fine-tune-normalization=none")
            .and("--set", "anp-epsilon=0")
            .run();

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("fine-tune-epochs", "fine-tune-learning-rate", "anp-epsilon")
        .containsPattern("fine-tune-normalization: .*batch.*inference");
  }
}
