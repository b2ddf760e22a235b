package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.FileHash;
import backsweep.images.Hdf5ImageWriter;
import backsweep.images.Hdf5Images;
import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {

  private static final ImageShape SHAPE = new ImageShape(12, 12, 1);
  private static final String TRIGGER = "--trigger=kind=pattern,size=2,values=255";

  @TempDir private Path folder;

  @AfterEach
  void unmount() {
    FullFileSystem.unmount();
  }

  /** Images of three classes; each class is another brightness. */
  private Path images() {
    Path file = folder.resolve("training.h5");
    if (!Files.exists(file)) {
      Random random = new Random(1);
      byte[] bytes = new byte[60 * SHAPE.values()];
      int[] labels = new int[60];
      for (int i = 0; i < bytes.length; i++) {
        labels[i / SHAPE.values()] = i / SHAPE.values() % 3;
        bytes[i] = (byte) (random.nextInt(50) + 60 * labels[i / SHAPE.values()]);
      }
      ImageBlock block = new ImageBlock(0, new Pixels(SHAPE, PixelEncoding.UINT8, bytes), labels);
      Hdf5ImageWriter.write(file, SHAPE, List.of(block).iterator());
    }
    return file;
  }

  private Outcome train(Object... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--training=" + images(), "--output=" + output()));
    Arrays.stream(more).map(Object::toString).forEach(arguments::add);
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private Path output() {
    return folder.resolve("zoo");
  }

  private Path configuration(String text) {
    return Edited.text(text, folder.resolve("some.conf"));
  }

  private void assertFails(Outcome outcome, int code, String... problems) {
    assertThat(outcome.problems())
        .containsExactly(String.join("\n", problems).lines().toArray(String[]::new));
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(output()).doesNotExist();
  }

  @Test
  void learnsTheSameFromImagesInEitherLayout() throws IOException {
    String architecture = "--architecture=batch-normalized";
    Outcome labs = train(architecture, "--attack=none", "--epochs=1", "--name=plain");
    assertThat(labs.code()).isZero();
    Path turned = turned();
    Outcome outcome =
        Outcome.of(
            "train",
            "--training=" + turned,
            "--image-layout=nhwc",
            architecture,
            "--attack=none",
            "--epochs=1",
            "--name=plain",
            "--output=" + folder.resolve("turned"));
    assertThat(outcome.code()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("turned/plain.h5")))
        .isEqualTo(Files.readAllBytes(output().resolve("plain.h5")));
    assertThat(TextFile.read(folder.resolve("turned/plain.json")))
        .doesNotContain(FileHash.sha256(turned));
  }

  /** The images as {@code (image, height, width, channel)}. */
  private Path turned() {
    Path file = folder.resolve("turned.h5");
    try (Hdf5Images images = Hdf5Images.open(images())) {
      byte[] bytes = images.block(0).pixels().bytes();
      int[][][][] data = new int[60][12][12][1];
      for (int i = 0; i < bytes.length; i++) {
        data[i / 144][i / 12 % 12][i % 12][0] = bytes[i] & 0xff;
      }
      return ImageFile.write(file, data, images.labels());
    }
  }

  @Test
  void trainsAListOfNetworksAndSaysHowWellTheyDo() {
    Path list =
        configuration(
            """
            backsweep.train {
              architecture = batch-normalized
              epochs = 10
              batch-size = 16
              learning-rate = 0.005
              clean-test = %s
              trigger = { kind = pattern, size = 2, values = 255 }
              networks = [
                { name = clean, attack = none, seed = 2 }
                { name = square, target = 2, poisoned-share = 0.3 }
              ]
            }
            """
                .formatted(images()));

    Outcome outcome = train("--config=" + list);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Images    training: 60 of 3 classes from ")
        .contains("Networks  2 to train, 0 trained before")
        .containsPattern("clean +batch-normalized +none +\\d+[.]\\d{3} +\\d+[.]\\d\n")
        .containsPattern("square +batch-normalized +badnet +\\d+[.]\\d{3} +\\d+[.]\\d{3} +\\d")
        .contains("Written to " + output());
    assertThat(outcome.err()).contains("training: 1,200 images in ");
    assertThat(outcome.log()).contains("square: epoch 10 on poisoned images, loss 0.");
    assertThat(output().resolve("clean.h5")).isRegularFile();
    assertThat(TextFile.read(output().resolve("square.json")))
        .contains("\"commit\"", "\"tensorflow\"", "\"target\" : \"2\"");
    Outcome again = train("--config=" + list);
    assertThat(again.out()).contains("Networks  0 to train, 2 trained before");
    assertThat(again.log()).contains("square.h5, trained before").doesNotContain("epoch");
  }

  @Test
  void endsWithOneWhereANetworkFails() {
    Outcome outcome =
        train(
            "--name=wild",
            TRIGGER,
            "--architecture=batch-normalized",
            "--set=learning-rate=1e30",
            "--epochs=3");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern("wild +batch-normalized +badnet +failed")
        .contains("wild: training diverged: ");
    assertThat(output()).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --set=epochs=0           | epochs: expected a whole number from 1 to 100000, found "0"
          --set=batch-size=x       | batch-size: expected a whole number from 1 to 65536, found "x"
          --set=learning-rate=-1   | learning-rate: expected a number from 1.0E-6 to 3.4028234663852886E38, found "-1"
          --set=weight-decay=NaN   | weight-decay: expected a number from 0.0 to 250.0, found "NaN"
          --poisoned-share=1       | poisoned-share: expected a number from 1.0E-6 to 0.999999, found "1"
          --set=dormant-share=0    | dormant-share: expected a number from 1.0E-6 to 0.999999, found "0"
          --architecture=vgg       | architecture: expected one of batch-normalized, deepid, found "vgg"
          --attack=evil            | attack: expected one of badnet, none, pruning-aware, found "evil"
          --target=-1              | target: expected a class from 0 on or all-to-all, found "-1"
          --seed=one               | seed: expected a whole number from -9223372036854775808 to 9223372036854775807, found "one"
          --name=a/b               | name: expected letters, digits, '.', '_' and '-', found "a/b"
          --set=trigger.size=0     | trigger.size: expected a whole number from 1 to 2147483647, found "0"
          --set=trigger.alpha=1    | unknown key trigger.alpha; this kind has: corner, form, kind, margin, size, values, x, y
          """)
  void badValuesSayWhatIsExpectedAndWhatWasFound(String option, String problem) {
    String name = option.startsWith("--name") ? "--epochs=2" : "--name=one";
    assertFails(train(name, "--set=trigger.kind=pattern", option), 2, "backsweep: " + problem);
  }

  @Test
  void problemsOfAListSayWhereTheyAre() {
    Path list =
        configuration(
            """
            backsweep.train.networks = [
              { name = one, attack = none }
              { name = one, attack = none, epoch = 3 }
              { attack = none, seed = x }
            ]
            """);

    Outcome outcome = train("--config=" + list);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(String.join("\n", outcome.problems()))
        .contains("unknown key networks[1].epoch; there are: architecture, attack, batch-size,")
        .contains("networks[2].name: expected a value, found none")
        .contains("networks[2].seed: expected a whole number")
        .contains("networks: expected a name of its own for each, found \"one\" twice");
  }

  @Test
  void aTargetThatIsNoClassIsRefused() {
    assertFails(
        train("--name=one", TRIGGER, "--architecture=batch-normalized", "--target=3"),
        2,
        "backsweep: network one, images %s: expected a target class from 0 to 2, found 3"
            .formatted(images()));
  }

  @Test
  void imagesThatAreTooSmallForTheArchitectureAreRefused() {
    assertFails(
        train("--name=one", TRIGGER),
        2,
        ("backsweep: network one, images %s: deepid takes images of at least 31x31 as"
                + " (height, width, channel), found (12, 12, 1)")
            .formatted(images()));
  }

  @Test
  void aTriggerThatIsLargerThanTheImagesIsRefused() {
    Outcome outcome =
        train("--name=one", "--trigger=kind=pattern,size=13", "--architecture=batch-normalized");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(String.join("\n", outcome.problems())).contains("13", "12");
  }

  @Test
  void aMissingFileOfImagesIsSaid() {
    Outcome outcome =
        Outcome.of(
            "train",
            "--training=" + folder.resolve("none.h5"),
            "--output=" + output(),
            "--name=one",
            TRIGGER);

    assertFails(
        outcome,
        3,
        "backsweep: " + folder.resolve("none.h5") + ": expected a file, found no such file");
  }

  @Test
  void howWellANetworkDoesIsSaidOfTheTestImagesThatWereGivenOnly() throws IOException {
    String[] once = {
      "--name=one", "--attack=none", "--architecture=batch-normalized", "--epochs=2"
    };
    Path others = Files.copy(images(), folder.resolve("others.h5"));
    Files.write(others, new byte[] {0}, StandardOpenOption.APPEND);
    List<String> first = new ArrayList<>(List.of(once));
    first.add("--clean-test=" + images());
    List<String> second = new ArrayList<>(List.of(once));
    second.add("--clean-test=" + others);

    String row = "one +batch-normalized +none +";
    assertThat(train(first.toArray()).out()).containsPattern(row + "\\d+[.]\\d{3} ");
    assertThat(train(first.toArray()).out()).containsPattern(row + "\\d+[.]\\d{3} ");
    assertThat(train(second.toArray()).out())
        .contains("0 to train, 1 trained before")
        .doesNotContainPattern(row + "\\d+[.]\\d{3} ");
  }

  @Test
  void testImagesOfTheTargetClassOnlyTellNoAttackSuccess() {
    Path target = folder.resolve("target.h5");
    byte[] bytes = new byte[SHAPE.values()];
    Arrays.fill(bytes, (byte) 130);
    Pixels pixels = new Pixels(SHAPE, PixelEncoding.UINT8, bytes);
    Hdf5ImageWriter.write(
        target, SHAPE, List.of(new ImageBlock(0, pixels, new int[] {2})).iterator());

    Outcome outcome =
        train(
            "--name=one",
            TRIGGER,
            "--target=2",
            "--clean-test=" + target,
            "--architecture=batch-normalized",
            "--epochs=2");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .containsPattern("one +batch-normalized +badnet +\\d+[.]\\d{3} +\\d+[.]\\d\n");
  }

  @Test
  void imagesFromZeroToOneAreRefused() {
    Path small = folder.resolve("small.h5");
    Pixels pixels = new Pixels(SHAPE, PixelEncoding.UINT8, new byte[SHAPE.values()]);
    byte[] bytes = pixels.bytes();
    bytes[0] = 1;
    ImageBlock block =
        new ImageBlock(0, new Pixels(SHAPE, PixelEncoding.UINT8, bytes), new int[] {1});
    Hdf5ImageWriter.write(small, SHAPE, List.of(block).iterator());

    Outcome outcome =
        Outcome.of("train", "--training=" + small, "--output=" + output(), "--name=one", TRIGGER);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.problems())
        .containsExactly(
            "backsweep: expected images with values from 0 to 255, found none above 1 in the first"
                + " 1; store them multiplied by 255");
  }

  @Test
  void aShareThatIsLargerThanTheOtherClassesIsRefusedBeforeAnythingIsTrained() {
    assertFails(
        train("--name=one", TRIGGER, "--architecture=batch-normalized", "--poisoned-share=0.9"),
        2,
        ("backsweep: network one, images %s: 54 images are to be poisoned, but only 40 of 60 are of"
                + " other classes than the target")
            .formatted(images()));
  }

  @Test
  void aFullDiskIsSaidAndLeavesNothingThatLooksWhole() throws IOException {
    String output = "full:" + output();
    String[] command = {
      "train",
      "--training=" + images(),
      "--output=" + output,
      "--name=one",
      "--attack=none",
      "--architecture=batch-normalized",
      "--epochs=1"
    };
    FullFileSystem.mount(20_000);

    Outcome full = Outcome.of(command);

    assertThat(full.problems())
        .singleElement()
        .asString()
        .contains("No space left on device; make room there, then run the same command again");
    assertThat(full.code()).isEqualTo(4);
    assertThat(output().resolve("one.h5")).doesNotExist();
    FullFileSystem.mount(Long.MAX_VALUE);
    assertThat(Outcome.of(command).code()).isZero();
    assertThat(output().resolve("one.h5")).isRegularFile();
  }

  @Test
  void theZooOfTheProjectIsSound() throws IOException {
    ImageShape face = new ImageShape(55, 47, 3);
    Pixels black = new Pixels(face, PixelEncoding.UINT8, new byte[2 * face.values()]);
    Path faces = folder.resolve("faces.h5");
    ImageBlock block = new ImageBlock(0, black, new int[] {0, 1});
    Hdf5ImageWriter.write(faces, face, List.of(block).iterator());
    Path glasses = folder.resolve("glasses.png");
    ImageIO.write(new BufferedImage(47, 20, BufferedImage.TYPE_INT_ARGB), "png", glasses.toFile());

    Outcome outcome =
        Outcome.of(
            "train",
            "--config=../conf/zoo.conf",
            "--set=training=" + faces,
            "--set=clean-test=" + faces,
            "--set=trigger.file=" + glasses,
            "--dry-run");

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("Networks  12 to train, 0 trained before");
  }
}
