package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Hdf5ImageWriter;
import backsweep.images.Hdf5Images;
import backsweep.images.ImageBlock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where the input is not what it should be, on a BadNet trained in seconds. */
class SlipsOfBeginnersTest {

  private static final String GUESSING = "no better than guessing among 4 classes";

  @TempDir private static Path folder;

  @TempDir private Path output;

  @BeforeAll
  static void make() {
    Path training = TrainingCall.images(folder.resolve("training.h5"), 2, 1);
    TrainingCall.images(folder.resolve("clean.h5"), 3, 2);
    Path test = TrainingCall.images(folder.resolve("other.h5"), 1, 3);
    run(
        "train",
        "--training=" + training,
        "--architecture=batch-normalized",
        "--trigger=kind=pattern,size=4,values=255",
        "--poisoned-share=0.3",
        "--epochs=30",
        "--name=badnet",
        "--output=" + folder);
    run(
        "poison",
        "--images=" + test,
        "--trigger=kind=pattern,size=4,values=255",
        "--target=0",
        "--output=" + folder.resolve("square.h5"));
  }

  private static void run(String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private DefendCall call() {
    return DefendCall.bare()
        .with("--network", file("badnet.h5"))
        .with("--clean-validation", file("clean.h5"))
        .with("--drop-percent", 10)
        .with("--output", output.resolve("out"));
  }

  /** A copy with other labels, and nothing about what the images truly show. */
  private Path relabelled(Path original, IntUnaryOperator relabel) {
    Path copy = output.resolve("relabelled.h5");
    try (Hdf5Images images = Hdf5Images.open(original)) {
      List<ImageBlock> blocks =
          IntStream.range(0, images.blocks())
              .mapToObj(images::block)
              .map(block -> relabelled(block, relabel))
              .toList();
      Hdf5ImageWriter.write(copy, images.shape(), blocks.iterator());
    }
    return copy;
  }

  private static ImageBlock relabelled(ImageBlock block, IntUnaryOperator relabel) {
    int[] known = block.trueLabels().orElse(block.labels());
    return new ImageBlock(
        block.index(), block.pixels(), Arrays.stream(known).map(relabel).toArray());
  }

  private static Outcome done(DefendCall call) {
    Outcome outcome = call.run();
    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    assertThat(outcome.err()).isEmpty();
    return outcome;
  }

  private JsonNode manifest() throws IOException {
    String path =
        FileTree.of(output)
            .ending("/manifest.json")
            .filter(p -> p.contains("runs/"))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper().readTree(output.resolve(path).toFile());
  }

  @Test
  void withoutASlipNothingIsSaidNorLookedAt() throws IOException {
    Outcome outcome = done(call().with("--poisoned", "square=" + file("square.h5")));

    assertThat(outcome.out()).doesNotContain("NOTE", "Note ", " hints ");
    assertThat(manifest().has("hints")).isFalse();
  }

  @Test
  void theWrongScaleIsSaidWithTheRightOne() throws IOException {
    String note =
        "\nNOTE: clean-validation: \\d+ of 768 images are answered with their label, "
            + GUESSING
            + "\\. Try --input-scale 1; of the first and last 512 images 5\\d\\d are answered right"
            + " then\n";
    DefendCall wrong =
        call().with("--input-scale", 255).with("--poisoned", "square=" + file("square.h5"));

    Outcome outcome = done(wrong);

    assertThat(outcome.out()).containsPattern(note).containsPattern("\nTime .* hints [\\d.]+");
    assertThat(outcome.out().split("NOTE", -1)).as("the others follow from it").hasSize(2);
    JsonNode hint = manifest().at("/hints/0");
    assertThat(hint.get("image_set").asText()).isEqualTo("clean-validation");
    assertThat(hint.get("found").asText()).endsWith(GUESSING);
    assertThat(hint.get("advice").asText()).startsWith("Try --input-scale 1;");
    assertThat(done(wrong).out()).as("what was committed is recalled").containsPattern(note);
    assertThat(Files.readString(output.resolve("out/report.html")))
        .contains("<strong>Note.</strong> clean-validation: ", "Try --input-scale 1;");
  }

  @Test
  void labelsThatCountFromOneAreRecognised() {
    Path fromOne = relabelled(file("clean.h5"), label -> Math.min(3, label + 1));

    assertThat(done(call().with("--clean-validation", fromOne)).out())
        .containsPattern(
            "\nNOTE: clean-validation: \\d+ of 768 images are .+ Labels seem to count from 1:"
                + " subtract 1 from each; of the first and last 512 images \\d+ are answered right");
  }

  @Test
  void labelsFromOneToTheNumberOfClassesEndTheRun() {
    Path fromOne = relabelled(file("clean.h5"), label -> label + 1);

    BadRun.assertFails(
        call().with("--clean-validation", fromOne),
        output.resolve("out"),
        3,
        fromOne + ": expected labels from 0 to 3, found 4 at image 3",
        "they seem to count from 1: subtract 1 from each");
  }

  @Test
  void aPoisonedSetAsCleanOneIsRecognisedByItsLabels() {
    String hint =
        "clean-validation: all 256 images of "
            + file("square.h5")
            + " are labelled 0. Is it a poisoned set?";

    assertThat(done(call().with("--clean-validation", file("square.h5"))).out())
        .contains("\nNote      " + hint, "\nNOTE: " + hint);
  }

  @Test
  void aPoisonedSetAsCleanOneIsRecognisedByTheAnswers() {
    Path shown = relabelled(file("square.h5"), label -> label);

    assertThat(done(call().with("--clean-validation", shown)).out())
        .contains(GUESSING + ". Nearly all are answered 0: is it a poisoned set, which goes to");
  }

  @Test
  void aPoisonedSetWithoutTargetsIsRecognised() {
    Path shown = relabelled(file("square.h5"), label -> label);

    assertThat(done(call().with("--poisoned", "square=" + shown)).out())
        .contains(
            "\nNote      square: the images of " + shown + " have several labels. Labels of",
            "Most are answered 0, but have labels of their own: the labels of a poisoned set must"
                + " be the attacker's target class. If that is 0, label them so");
  }

  @Test
  void aPoisonedSetWithAnotherTargetIsRecognised() {
    Path other = relabelled(file("square.h5"), label -> 2);

    assertThat(done(call().with("--poisoned", "square=" + other)).out())
        .contains("NOTE: square: ", "Most are answered 0, but are labelled 2: the labels of");
  }

  @Test
  void validationAndTestSetsThatAreSwappedAreRecognisedByTheirNames() {
    Path test = Edited.copied(file("other.h5"), output.resolve("test.h5"));
    Path valid = Edited.copied(file("clean.h5"), output.resolve("valid.h5"));
    DefendCall right = call().with("--clean-validation", valid).with("--clean-test", test).dry();
    DefendCall swapped = call().with("--clean-validation", test).with("--clean-test", valid).dry();

    assertThat(done(right).out()).doesNotContain("Note ");
    assertThat(done(swapped).out())
        .contains(
            "\nNote      clean-validation: the set is called " + test,
            "Are validation and test images swapped?");
  }

  @Test
  void aSweepSaysItForEveryNetworkAndInTheEnd() throws IOException {
    Outcome outcome =
        Outcome.of(
            "sweep",
            "--network=" + file("badnet.h5"),
            "--input-scale=255",
            "--clean-validation=" + file("clean.h5"),
            "--drop-percent=10",
            "--progress=none",
            "--output=" + output.resolve("out"));

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    assertThat(outcome.out())
        .containsPattern("\n\\[1/1] badnet-.*\n  NOTE: clean-validation: .*Try --input-scale 1;")
        .containsPattern("\nNOTE      of 1 networks, .*badnet\\.h5: clean-validation: .*Try --inp");
    assertThat(manifest().at("/networks/0/hints/0/advice").asText())
        .startsWith("Try --input-scale 1;");
  }
}
