package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageShape;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoisonCommandTest {

  @TempDir private Path folder;

  @AfterEach
  void unmount() {
    FullFileSystem.unmount();
  }

  /** Four images, 2 x 3, of the classes 0, 1, 2, 2; all values are 100. */
  private Path clean() {
    Path file = folder.resolve("clean.h5");
    if (Files.exists(file)) {
      return file;
    }
    int[][][][] data = new int[4][1][2][3];
    for (int[][][] image : data) {
      for (int[] row : image[0]) {
        Arrays.fill(row, 100);
      }
    }
    try (WritableHdfFile writable = HdfFile.write(file)) {
      writable.putDataset("data", data);
      writable.putDataset("label", new int[] {0, 1, 2, 2});
    }
    return file;
  }

  private Outcome poison(Object... more) {
    List<String> arguments = new ArrayList<>(List.of("poison", "--output=" + output()));
    Arrays.stream(more).map(Object::toString).forEach(arguments::add);
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--images="))) {
      arguments.add("--images=" + clean());
    }
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private Path output() {
    return folder.resolve("out/poisoned.h5");
  }

  private static void assertDone(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.log()).doesNotContain("WARN", "ERROR");
    assertThat(outcome.code()).isZero();
  }

  private void assertFails(Outcome outcome, int code, String... problems) {
    assertThat(outcome.problems())
        .containsExactly(String.join("\n", problems).lines().toArray(String[]::new));
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.log()).doesNotContain("ERROR", "Exception");
    assertThat(folder.resolve("out"))
        .satisfiesAnyOf(
            path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
  }

  @Test
  void writesImagesTargetsAndTrueLabels() {
    Outcome outcome = poison("--target=1", "--trigger=kind=pattern,size=1,values=7");

    assertDone(outcome);
    assertThat(outcome.out())
        .contains("Images    4 of (height 2, width 3, channels 1) from ")
        .contains("Classes   3, the largest label and one; --classes gives another")
        .contains("Trigger   square of 1 x 1 pixels, value [7], in the corner bottom-right")
        .contains("Target    1\n")
        .contains("Written   " + output());
    try (Hdf5Images images = Hdf5Images.open(output())) {
      assertThat(images.labels()).containsExactly(1, 1, 1, 1);
      assertThat(images.trueLabels().orElseThrow()).containsExactly(0, 1, 2, 2);
      assertThat(images.block(0).pixels().bytes())
          .startsWith(100, 100, 100, 100, 100, 7, 100, 100, 100, 100, 100, 7);
    }
    assertThat(TextFile.read(Path.of(output() + ".json")))
        .contains(
            "\"left_out\" : 0", "\"target\" : \"1\"", "clean_images_sha256", "\"size\" : \"1\"");
  }

  @Test
  void takesImagesInEitherLayout() {
    int[][][][] data = new int[4][2][3][2];
    data[3][1][2][0] = 50;
    Path file = ImageFile.write(folder.resolve("nhwc.h5"), data, new int[] {0, 1, 2, 2});

    Outcome outcome =
        poison(
            "--images=" + file,
            "--image-layout=nhwc",
            "--target=1",
            "--trigger=kind=pattern,size=1,x=0,y=0,values=7");

    assertDone(outcome);
    assertThat(outcome.out()).contains("Images    4 of (height 2, width 3, channels 2) from ");
    try (Hdf5Images images = Hdf5Images.open(output())) {
      assertThat(images.shape()).isEqualTo(new ImageShape(2, 3, 2));
      assertThat(images.block(0).pixels().slice(3, 1).bytes())
          .containsExactly(7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 50, 0);
    }
  }

  /** Were a session started, it would ask for this master. */
  @Test
  void needsNoSpark() {
    System.setProperty("spark.master", "no-such-master");
    try {
      int code =
          Backsweep.run(
              "poison",
              "--images=" + clean(),
              "--output=" + output(),
              "--target=1",
              "--trigger=kind=sinusoidal");
      assertThat(code).isZero();
    } finally {
      System.clearProperty("spark.master");
    }
  }

  @Test
  void theTargetClassCanBeLeftOutAndTargetsCanBeAllToAll() {
    Outcome outcome =
        poison("--target=2", "--without-target-class", "--trigger=kind=blended,seed=1");

    assertDone(outcome);
    assertThat(outcome.out()).contains("without 2 that show their target anyway");
    try (Hdf5Images images = Hdf5Images.open(output())) {
      assertThat(images.trueLabels().orElseThrow()).containsExactly(0, 1);
    }
  }

  @Test
  void configurationSaysTheSame() {
    Path file =
        Edited.text(
            """
            backsweep.poison {
              images = %s
              output = %s
              target = all-to-all
              classes = 5
              trigger { kind = pattern, form = checkerboard, size = 2, x = 0, y = 0, values = [9] }
            }
            """
                .formatted(clean(), output()),
            folder.resolve("poison.conf"));

    assertDone(Outcome.of("poison", "--config=" + file, "--set=trigger.size=1"));
    try (Hdf5Images images = Hdf5Images.open(output())) {
      assertThat(images.labels()).containsExactly(1, 2, 3, 3);
      assertThat(images.block(0).pixels().bytes()).startsWith(9, 100, 100, 100, 100, 100, 9);
    }
  }

  @Test
  void dryRunSaysWhatWouldBeDoneAndWritesNothing() {
    Outcome outcome = poison("--target=1", "--trigger=kind=sinusoidal", "--dry-run");

    assertDone(outcome);
    assertThat(outcome.out())
        .contains("without-target-class=false", "Trigger   wave of height 20.0, 6.0 to an image")
        .doesNotContain("Written");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void givenAgainItIsDoneAndNothingElseIsOverwritten() throws IOException {
    assertDone(poison("--target=1", "--trigger=kind=sinusoidal"));
    FileTree before = FileTree.of(folder);

    assertDone(poison("--target=1", "--trigger=kind=sinusoidal"));
    assertThat(FileTree.of(folder)).isEqualTo(before);

    Outcome other = poison("--target=0", "--trigger=kind=sinusoidal");
    assertThat(other.err())
        .isEqualTo(
            "backsweep: output: expected nothing, or these very images at %s, found something else;"
                    .formatted(output())
                + " nothing is overwritten\n");
    assertThat(other.code()).isEqualTo(2);
    assertThat(FileTree.of(folder)).isEqualTo(before);

    Files.delete(output());
    Outcome orphan = poison("--target=1", "--trigger=kind=sinusoidal");
    assertThat(orphan.err()).contains("expected nothing, as there is no " + output());
    assertThat(orphan.code()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }

  @Test
  void allProblemsAreReportedTogether() {
    Outcome outcome =
        Outcome.of(
            "poison",
            "--trigger=kind=picture,colour=red,x=-1",
            "--target=x",
            "--classes=0",
            "--set=without-target-class=maybe");

    assertFails(
        outcome,
        2,
        "backsweep: --images is required (or backsweep.poison.images in a configuration)",
        "trigger.file: expected a PNG file, found none",
        "trigger.x: expected a whole number from 0 to 2147483647, found \"-1\"",
        "trigger.y: expected a whole number from 0 on, found none",
        "unknown key trigger.colour; this kind has: corner, file, kind, margin, x, y",
        "target: expected a class from 0 on or all-to-all, found \"x\"",
        "classes: expected a whole number from 1 to 2147483647, found \"0\"",
        "without-target-class: expected one of false, true, found \"maybe\"",
        "--output is required (or backsweep.poison.output in a configuration)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1          | kind=pattern,size=4         | no larger than the images, 3 x 2 (width x height), found 4 x 4
          1          | kind=pattern,size=1,x=3,y=0 | found one of 1 x 1 at x = 3, y = 0: x can be 0 to 2, y 0 to 1
          3          | kind=sinusoidal             | expected a target class from 0 to 2, found 3; the largest label is 2
          1          | kind=pattern,size=1,margin=2 | at x = 0, y = -1
          """)
  void whatDoesNotFitTheImagesIsWrongUsage(String target, String trigger, String problem) {
    Outcome outcome = poison("--target=" + target, "--trigger=" + trigger);

    assertThat(outcome.problems()).singleElement().asString().contains(problem);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aPictureThatIsNoneIsBadInput() {
    Path picture = Edited.text("not a PNG", folder.resolve("a.png"));
    Outcome outcome = poison("--target=1", "--trigger=kind=picture,x=0,y=0,file=" + picture);
    assertFails(
        outcome, 3, "backsweep: " + picture + ": expected a PNG picture, found something else");

    Outcome missing = poison("--target=1", "--trigger=kind=picture,x=0,y=0,file=/none.png");
    assertFails(missing, 3, "backsweep: /none.png: expected a file, found no such file");
  }

  @Test
  void imagesThatAreBrokenAreBadInput() throws IOException {
    Files.writeString(clean(), "not HDF5");
    assertFails(
        poison("--target=1", "--trigger=kind=sinusoidal"),
        3,
        "backsweep: " + clean() + ": expected an HDF5 file, found something else");
  }

  @Test
  void aFullDiskLeavesNothingThatLooksComplete() throws IOException {
    String[] command = {
      "poison",
      "--images=full:" + clean(),
      "--output=full:" + output(),
      "--target=1",
      "--trigger=kind=sinusoidal"
    };
    FullFileSystem.mount(Long.MAX_VALUE);
    assertDone(Outcome.of(command));
    long bytes = Files.size(output());
    Files.delete(output());
    Files.delete(Path.of(output() + ".json"));

    for (long room : List.of(0L, 1L, bytes - 1)) {
      assertFull(room, output(), command);
      assertThat(folder.resolve("out")).isEmptyDirectory();
    }
    assertFull(bytes, output() + ".json", command);
    assertThat(output()).hasSize(bytes);
    FullFileSystem.mount(Long.MAX_VALUE);
    assertDone(Outcome.of(command));
    assertThat(TextFile.read(Path.of(output() + ".json"))).contains("\"images\" : 4");
  }

  private static void assertFull(long room, Object file, String... command) {
    FullFileSystem.mount(room);
    Outcome full = Outcome.of(command);
    assertThat(full.problems())
        .singleElement()
        .asString()
        .startsWith("backsweep: full:" + file)
        .contains("No space left on device; make room there, then run the same command again");
    assertThat(full.code()).isEqualTo(4);
  }
}
