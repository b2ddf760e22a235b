package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FacesCommandTest {

  @TempDir private Path folder;

  @AfterEach
  void unmount() {
    FullFileSystem.unmount();
  }

  private Outcome draw(Object... more) {
    return drawInto(output().toString(), more);
  }

  private static Outcome drawInto(String output, Object... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "images",
                "faces",
                "--identities=3",
                "--training=4",
                "--validation=2",
                "--test=1",
                "--fine-tuning=1",
                "--progress=none",
                "--output=" + output));
    Arrays.stream(more).map(Object::toString).forEach(arguments::add);
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private Path output() {
    return folder.resolve("faces");
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.walk(output())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> output().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void writesThreeSetsAndATrigger() throws IOException {
    Outcome outcome =
        Outcome.of(
            "images",
            "faces",
            "--identities=3",
            "--training=4",
            "--validation=2",
            "--test=1",
            "--fine-tuning=1",
            "--output=" + output());

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo("Written to " + output() + "\n");
    assertThat(outcome.err())
        .contains(
            "drawing training: 12 images in ",
            "drawing validation: 6 images in ",
            "drawing test: 3 images in ");
    assertThat(written())
        .containsExactly(
            "faces.json",
            "fine-tuning.h5",
            "sunglasses.png",
            "test.h5",
            "training.h5",
            "validation.h5");
    assertThat(TextFile.read(output().resolve("faces.json")))
        .contains("\"seed\" : 1", "\"training\" : 4");
    try (Hdf5Images images = Hdf5Images.open(output().resolve("validation.h5"))) {
      assertThat(images.shape()).isEqualTo(new ImageShape(55, 47, 3));
      assertThat(images.labels()).containsExactly(0, 1, 2, 0, 1, 2);
      assertThat(images.trueLabels()).isEmpty();
    }
    BufferedImage glasses = ImageIO.read(output().resolve("sunglasses.png").toFile());
    assertThat(glasses.getColorModel().hasAlpha()).isTrue();
  }

  @Test
  void writesTheSamePixelsAsPictures() throws IOException {
    draw();

    Outcome outcome = draw("--format=folder");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(written())
        .contains("training/0/000000.png", "training/2/000011.png", "test/1/000001.png")
        .contains("training/classes.txt", "validation/classes.txt", "test/classes.txt")
        .contains("fine-tuning/2/000002.png", "fine-tuning/classes.txt")
        .hasSize(4 + 2 + 12 + 6 + 3 + 3 + 4);
    assertThat(Files.readAllLines(output().resolve("test/classes.txt")))
        .containsExactly("0", "1", "2");
    BufferedImage picture = ImageIO.read(output().resolve("training/2/000005.png").toFile());
    byte[] bytes;
    try (Hdf5Images images = Hdf5Images.open(output().resolve("training.h5"))) {
      bytes = images.block(0).pixels().bytes();
    }
    for (int i = 0; i < 55 * 47; i++) {
      int at = (5 * 55 * 47 + i) * 3;
      int rgb = ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
      assertThat(picture.getRGB(i % 47, i / 47) & 0xffffff).isEqualTo(rgb);
    }
  }

  @Test
  void isDoneAgainWhereTheSameIsThere() throws IOException {
    draw();
    byte[] bytes = Files.readAllBytes(output().resolve("training.h5"));

    assertThat(draw().code()).isZero();
    assertThat(Files.readAllBytes(output().resolve("training.h5"))).isEqualTo(bytes);
  }

  @Test
  void overwritesNothing() {
    draw();

    Outcome other = draw("--seed=2");

    assertThat(other.problems())
        .containsExactly(
            "backsweep: output: expected nothing at "
                + output()
                + "/training.h5, or these very images, found something else; nothing is overwritten");
    assertThat(other.code()).isEqualTo(2);
  }

  @Test
  void doesNotTakeAFolderWithMoreImagesForItsOwn() {
    draw("--format=folder");
    Edited.text("more", output().resolve("validation/0/000007.png"));

    Outcome again = draw("--format=folder");

    assertThat(again.problems())
        .containsExactly(
            "backsweep: output: expected nothing at "
                + output()
                + "/validation, or these very images, found something else; nothing is overwritten");
    assertThat(again.code()).isEqualTo(2);
  }

  @Test
  void leavesNothingThatLooksWholeOnAFullDisk() throws IOException {
    FullFileSystem.mount(50_000);

    Outcome full = drawInto("full:" + output());

    assertThat(full.problems())
        .singleElement()
        .asString()
        .contains("No space left on device; make room there, then run the same command again");
    assertThat(full.code()).isEqualTo(4);
    assertThat(output().resolve("training.h5")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --identities=1      | identities: expected a whole number from 2 to 1000000, found "1"
          --training=0        | training: expected a whole number from 1 to 357913941, found "0"
          --test=many         | test: expected a whole number from 1 to 357913941, found "many"
          --seed=x            | seed: expected a whole number from -9223372036854775808 to 9223372036854775807, found "x"
          --format=jpeg       | format: expected one of folder, hdf5, found "jpeg"
          """)
  void badValuesSayWhatIsExpectedAndWhatWasFound(String option, String problem) {
    Outcome outcome =
        Outcome.of(
            Stream.of("images", "faces", "--identities=3", option, "--output=" + output())
                .filter(
                    argument -> !option.startsWith("--id") || !argument.equals("--identities=3"))
                .toArray(String[]::new));

    assertThat(outcome.problems()).containsExactly("backsweep: " + problem);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }

  @Test
  void morePeopleThanCanBeToldApartAreRefused() {
    Outcome outcome = Outcome.of("images", "faces", "--identities=100000", "--output=" + output());

    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .startsWith("backsweep: expected at most ")
        .endsWith(" identities, as many as can be told apart with this seed; found 100000");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }
}
