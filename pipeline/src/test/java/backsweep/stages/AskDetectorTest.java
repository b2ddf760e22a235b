package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.goodnet.Answer;
import backsweep.goodnet.GoodNetFileException;
import backsweep.images.Hdf5Images;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.Role;
import backsweep.stages.AskedImages.Asked;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.SparkEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and detectors that a defence stored, looked at by a person. */
class AskDetectorTest {

  private static final Golden GOLDEN = Golden.BN_AFTER;

  @TempDir private static Path output;
  private static Defence defence;

  @BeforeAll
  static void defend() {
    DefendNetwork defend = GOLDEN.defend(output, 2);
    defence = defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
  }

  private static ImageSet set(String name) {
    return defence.plan().sets().stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Repair.File goodNet(int repair) {
    return defence.repairs().get(repair).goodNet().orElseThrow();
  }

  private static List<AskedImages> ask(int repair, int count, ImageSet... sets) {
    Repair.File goodNet = goodNet(repair);
    return new AskDetector(LocalSpark.session(), output.toString(), count)
        .execute(goodNet.path(), goodNet.sha256(), List.of(sets));
  }

  @Test
  void imagesAreThoseAtEqualDistances() {
    List<AskedImages> asked = ask(0, 3, set("clean-test"), set("poisoned"));

    assertThat(asked.stream().map(AskedImages::set))
        .containsExactly(set("clean-test"), set("poisoned"));
    assertThat(places(asked.get(0))).containsExactly(0, 66, 133);
    assertThat(places(asked.get(1))).containsExactly(0, 33, 66);
    try (Hdf5Images file = Hdf5Images.open(GOLDEN.images("test"))) {
      assertThat(asked.get(0).images())
          .allSatisfy(
              one -> {
                PickedImage image = one.image();
                assertThat(image.pixels())
                    .isEqualTo(file.block(0).pixels().slice(image.place(), 1));
                assertThat(image.label()).isEqualTo(file.labels()[image.place()]);
              });
    }
  }

  private static List<Integer> places(AskedImages asked) {
    return asked.images().stream().map(one -> one.image().place()).toList();
  }

  @Test
  void placesAreInTheSetWhateverIsAskedFor() {
    assertThat(PickImages.places(2, 5)).containsExactly(0, 1);
    assertThat(PickImages.places(7, 1)).containsExactly(0);
    assertThat(PickImages.places(Integer.MAX_VALUE, 4))
        .containsExactly(0, 536870911, 1073741823, 1610612735);
  }

  /** Of all images, so that they are in several blocks and batches. */
  @Test
  void answersAddUpToTheCountsOfKeras() {
    List<Map<String, String>> counts = GOLDEN.table("goodnet.csv");
    assertThat(counts).isNotEmpty();
    for (int repair = 0; repair < counts.size(); repair++) {
      List<AskedImages> asked = ask(repair, 1000, set("clean-test"), set("poisoned"));

      Map<String, String> expected = counts.get(repair);
      assertCount(asked.get(0), AskDetectorTest::isRight, expected.get("goodnet_test_correct"));
      assertCount(asked.get(0), one -> one.answer().isBackdoored(), expected.get("test_flagged"));
      assertCount(asked.get(1), AskDetectorTest::isRight, expected.get("goodnet_poisoned_target"));
      assertCount(
          asked.get(1), one -> one.answer().isBackdoored(), expected.get("poisoned_flagged"));
    }
  }

  private static boolean isRight(Asked one) {
    return one.answer().answer() == one.image().label();
  }

  private static void assertCount(AskedImages asked, Predicate<Asked> counted, String expected) {
    assertThat(asked.images()).hasSize(asked.set().images());
    assertThat(asked.images().stream().filter(counted)).hasSize(Integer.parseInt(expected));
  }

  @Test
  void manyAreAnsweredAsFewAre() {
    Asked one = ask(2, 1, set("poisoned")).get(0).images().get(0);
    Answer among = ask(2, 1000, set("poisoned")).get(0).images().get(0).answer();

    assertThat(among.answer()).isEqualTo(one.answer().answer());
    assertThat(among.original().answer()).isEqualTo(one.answer().original().answer());
    assertThat(among.repaired().answer()).isEqualTo(one.answer().repaired().answer());
  }

  @Test
  void everyJobSaysWhatItDoes() {
    List<Optional<String>> jobs = SparkEvents.descriptions(() -> ask(0, 3, set("clean-test")));

    assertThat(jobs)
        .isNotEmpty()
        .allSatisfy(job -> assertThat(job.orElseThrow()).contains("clean-test"))
        .contains(Optional.of("read 3 images of clean-test"));
  }

  @Test
  void ofASetThatIsGoneOrDamagedThereAreNoImages() throws IOException {
    Path moved = Files.createTempDirectory(output, "moved");
    Path stored = output.resolve("images").resolve(set("poisoned").sha256());
    Path kept = moved.resolve("poisoned");
    Files.move(stored, kept);
    try {
      assertThat(ask(0, 2, set("clean-test"), set("poisoned")))
          .satisfiesExactly(
              clean -> assertThat(clean.images()).hasSize(2),
              poisoned -> assertThat(poisoned.images()).isEmpty());
      Files.createDirectories(stored);
      assertThat(ask(0, 2, set("poisoned")).get(0).images()).isEmpty();
      Files.delete(stored);
    } finally {
      Files.move(kept, stored);
    }
    ImageSet other =
        new ImageSet("poisoned", Role.POISONED, "0".repeat(64), 10, set("poisoned").shape());
    assertThat(ask(0, 2, other).get(0).images()).isEmpty();
  }

  @Test
  void aDetectorThatIsNotWhatWasWrittenIsNotAsked() {
    AskDetector ask = new AskDetector(LocalSpark.session(), output.toString(), 2);
    List<ImageSet> sets = List.of(set("clean-test"));
    String sha256 = goodNet(0).sha256();

    assertThatThrownBy(() -> ask.execute("goodnet/none", sha256, sets))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageContaining("goodnet/none: expected the folder of a detector");
    assertThatThrownBy(() -> ask.execute(goodNet(2).path(), sha256, sets))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageContaining(goodNet(2).path())
        .hasMessageEndingWith(
            "expected what was written, sha256 %s, found %s"
                .formatted(sha256, goodNet(2).sha256()));
  }

  @Test
  void imagesOfAnotherShapeAreNotShownToADetector() {
    ImageShape shape = new ImageShape(3, 3, 3);
    ImageSet other = new ImageSet("other", Role.POISONED, "0".repeat(64), 10, shape);

    assertThatThrownBy(() -> ask(0, 2, other))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageContaining("expected a detector for images of " + shape);
  }

  @Test
  void noneAreWantedIsAMistake() {
    assertThatThrownBy(() -> new AskDetector(LocalSpark.session(), output.toString(), 0))
        .hasMessage("expected at least 1 image of each set, found 0");
  }
}
