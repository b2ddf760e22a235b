package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Hdf5Images;
import backsweep.images.Picture;
import backsweep.pictures.NewPng;
import backsweep.pictures.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The images of a page are those of the sets, as long as they are there. */
class ReportImagesTest {

  private static final Pattern IMAGE =
      Pattern.compile("<img src=\"data:image/png;base64,([^\"]+)\" alt=\"([^\"]+)\"");

  @TempDir private static Path folder;
  private static Path defended;
  private static String page;
  private Path output;

  @BeforeAll
  static void defend() throws IOException {
    defended = folder.resolve("defended");
    Outcome outcome =
        DefendCall.into(defended).reporting("bn_after").with("--report-images", 3).run();
    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    assertThat(outcome.log()).doesNotContain("WARN", "ERROR");
    page = Files.readString(defended.resolve("report.html"));
  }

  /** Who moves an output takes everything along that its page shows. */
  private Outcome report(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of("report", "--output=" + output));
    arguments.addAll(List.of(options));
    Outcome outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.code()).as(name + outcome.err() + outcome.log()).isZero();
    return outcome;
  }

  private void move(String name) throws IOException {
    output = folder.resolve(name);
    try (Stream<Path> all = Files.walk(defended)) {
      for (Path path : all.toList()) {
        Files.copy(path, output.resolve(defended.relativize(path)));
      }
    }
  }

  private void delete(String name) throws IOException {
    try (Stream<Path> all = Files.walk(output.resolve(name))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private String page() throws IOException {
    return Files.readString(output.resolve("report.html"));
  }

  @Test
  void aRunLeavesImagesOfEverySet() throws IOException {
    List<String> alts = new ArrayList<>();
    Matcher image = IMAGE.matcher(page);
    while (image.find()) {
      alts.add(image.group(2));
    }

    assertThat(alts).hasSize(6);
    assertThat(alts.subList(0, 3))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("Image 0 of clean-test, of class "),
            second -> assertThat(second).startsWith("Image 66 of clean-test, of class "),
            third -> assertThat(third).startsWith("Image 133 of clean-test, of class "));
    assertThat(alts.subList(3, 6))
        .allSatisfy(poisoned -> assertThat(poisoned).matches("Image (0|33|66) of trigger.*"));
    assertThat(page).contains("3 images of every set, chosen by place alone", "<b>G</b>");
  }

  @Test
  void picturesAreThoseOfTheFile() throws IOException {
    Matcher image = IMAGE.matcher(page);
    assertThat(image.find()).isTrue();
    Path file =
        Files.write(folder.resolve("first.png"), Base64.getDecoder().decode(image.group(1)));
    Picture shown = PngFile.read(file);

    try (Hdf5Images images =
        Hdf5Images.open(Path.of(Fixture.path("data/bn_after_test.h5").toString()))) {
      Path expected =
          Files.write(
              folder.resolve("expected.png"), NewPng.of(images.block(0).pixels(), 0).file());
      assertThat(shown).isEqualTo(PngFile.read(expected));
      assertThat(image.group(2)).endsWith(", of class " + images.labels()[0]);
    }
  }

  @Test
  void anOutputThatWasMovedHasThemToo() throws IOException {
    move("moved");

    report("moved", "--images=3");

    assertThat(page().replace(output.toString(), defended.toString())).isEqualTo(page);
  }

  @Test
  void imagesThatAreGoneAreSaidInWords() throws IOException {
    move("without-images");
    delete("images");

    Outcome outcome = report("without-images");

    assertThat(outcome.err()).isEmpty();
    assertThat(page())
        .contains("Images and answers", "The stored images of this set are gone", "<svg")
        .doesNotContain("<img ");
  }

  @ParameterizedTest
  @CsvSource({"gone, true", "changed, false"})
  void aDetectorThatIsNotWhatWasWrittenIsSaidInWords(String name, boolean isGone)
      throws IOException {
    move(name);
    if (isGone) {
      delete("goodnet");
    } else {
      for (Path model : models()) {
        Files.write(model, new byte[] {1, 2, 3});
      }
    }

    Outcome outcome = report(name);

    assertThat(outcome.err()).isEmpty();
    assertThat(page())
        .contains("No images. The detector is gone, or is not what was written: ", "<svg")
        .doesNotContain("<img ");
  }

  private List<Path> models() throws IOException {
    try (Stream<Path> all = Files.walk(output.resolve("goodnet"))) {
      return all.filter(path -> path.endsWith("saved_model.pb")).toList();
    }
  }

  @Test
  void scoresThatAddUpToOneAreProbabilities() {
    assertThat(OutputGalleries.areProbabilities(new float[] {0.25f, 0.75f})).isTrue();
    assertThat(OutputGalleries.areProbabilities(new float[] {0.25f, 0.7f})).isFalse();
    assertThat(OutputGalleries.areProbabilities(new float[] {1.5f, -0.5f})).isFalse();
    assertThat(OutputGalleries.areProbabilities(new float[] {Float.NaN, 1})).isFalse();
  }
}
