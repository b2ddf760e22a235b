package backsweep.goodnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import backsweep.images.ImageFileException;
import backsweep.images.ImageShape;
import backsweep.inference.WrongAnswersException;
import backsweep.network.Shape;
import backsweep.testing.PictureTree;
import backsweep.testing.Pixels;
import backsweep.testing.SmallDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

class GoodNetTest {

  private static final int IMAGES = 60;
  private static final Shape IMAGE = Shape.of(SmallDetector.HEIGHT, SmallDetector.WIDTH, 3);

  @TempDir private Path folder;
  private final SmallDetector detector = new SmallDetector();
  private Path written;

  @BeforeEach
  void write() {
    written = detector.in(folder.resolve("goodnet"));
  }

  @Test
  void answersForOneImageAreThoseOfItsNetworks() {
    Pixels images = Pixels.random(1, IMAGES, IMAGE);
    float[][] original = detector.original(images);
    float[][] repaired = detector.repaired(images);
    int backdoored = 0;
    try (GoodNet goodNet = GoodNet.load(written)) {
      assertThat(goodNet.shape()).isEqualTo(new ImageShape(6, 5, 3));
      assertThat(goodNet.backdoored()).isEqualTo(SmallDetector.CLASSES);
      for (int image = 0; image < IMAGES; image++) {
        float[] pixels = images.slice(image, 1).values();
        Answer answer = goodNet.answer(pixels);
        assertThat(answer.original().scores()).containsExactly(original[image], within(1e-5f));
        assertThat(answer.repaired().scores()).containsExactly(repaired[image], within(1e-5f));
        int ofOriginal = highest(original[image]);
        boolean agree = ofOriginal == highest(repaired[image]);
        assertThat(answer.isBackdoored()).isEqualTo(!agree);
        assertThat(answer.answer()).isEqualTo(agree ? ofOriginal : SmallDetector.CLASSES);
        assertThat(goodNet.classify(pixels)).isEqualTo(answer.answer());
        assertThat(answer.original().highest())
            .isEqualTo(original[image][ofOriginal], within(1e-5f));
        assertThat(answer.repaired().highest())
            .isEqualTo(repaired[image][answer.repaired().answer()], within(1e-5f));
        assertProbabilities(answer.original());
        assertProbabilities(answer.repaired());
        backdoored += agree ? 0 : 1;
      }
    }
    assertThat(backdoored).isBetween(1, IMAGES - 1);
  }

  /** From 0 to 1, 1 together, the class with the highest is the answer. */
  private static void assertProbabilities(Scores found) {
    double sum = 0;
    for (float probability : found.scores()) {
      assertThat(probability).isBetween(0f, 1f).isLessThanOrEqualTo(found.highest());
      sum += probability;
    }
    assertThat(found.scores()).hasSize(SmallDetector.CLASSES);
    assertThat(sum).isEqualTo(1, within(1e-5));
    assertThat(found.answer()).isBetween(0, SmallDetector.CLASSES - 1);
  }

  @Test
  void imagesThatRunAtOnceHaveTheAnswersOfEachInTheirOrder() {
    Pixels images = Pixels.random(2, IMAGES, IMAGE);
    try (GoodNet goodNet = GoodNet.load(written)) {
      List<Answer> together =
          goodNet.answers(backsweep.images.Pixels.of(goodNet.shape(), images.values()));

      assertThat(together).hasSize(IMAGES);
      assertThat(together.stream().map(Answer::answer).distinct()).hasSizeGreaterThan(2);
      for (int image = 0; image < IMAGES; image++) {
        Answer one = goodNet.answer(images.slice(image, 1).values());
        Answer of = together.get(image);
        assertThat(of.answer()).isEqualTo(one.answer());
        assertThat(of.original().answer()).isEqualTo(one.original().answer());
        assertThat(of.repaired().answer()).isEqualTo(one.repaired().answer());
        assertThat(of.original().scores()).containsExactly(one.original().scores(), within(1e-6f));
        assertThat(of.repaired().scores()).containsExactly(one.repaired().scores(), within(1e-6f));
      }
    }
  }

  @Test
  void whatIsClosedAnswersNothingAnyMoreAndOthersStill() {
    float[] pixels = values(1);
    try (GoodNet other = GoodNet.load(written)) {
      GoodNet goodNet = GoodNet.load(written);
      Answer before = goodNet.answer(pixels);

      goodNet.close();
      goodNet.close();

      assertThatThrownBy(() -> goodNet.classify(pixels))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("expected a detector that is open, found it closed");
      assertThat(other.answer(pixels).original().scores()).isEqualTo(before.original().scores());
    }
  }

  @Test
  void scoresAreCopies() {
    try (GoodNet goodNet = GoodNet.load(written)) {
      Answer answer = goodNet.answer(values(1));
      float[] scores = answer.original().scores();
      Arrays.fill(answer.original().scores(), -1);
      assertThat(answer.original().scores()).isEqualTo(scores);
    }
  }

  private static int highest(float[] scores) {
    return backsweep.testing.Scores.highest(scores);
  }

  private float[] values(int seed) {
    float[] values = new float[SmallDetector.VALUES];
    for (int i = 0; i < values.length; i++) {
      values[i] = PictureTree.value(seed, i / 15, i / 3 % 5, i % 3);
    }
    return values;
  }

  @Test
  void aPictureIsItsPixels() {
    PictureTree tree = new PictureTree(folder, SmallDetector.WIDTH, SmallDetector.HEIGHT);
    try (GoodNet goodNet = GoodNet.load(written)) {
      for (int seed = 0; seed < 10; seed++) {
        Path picture = tree.png(seed + ".png", seed).folder().resolve(seed + ".png");
        assertThat(goodNet.answer(picture).original().scores())
            .isEqualTo(goodNet.answer(values(seed)).original().scores());
        assertThat(goodNet.classify(picture)).isEqualTo(goodNet.classify(values(seed)));
      }
    }
  }

  @Test
  void whatIsNoImageOfTheNetworkIsRefused() {
    PictureTree wrong = new PictureTree(folder, 9, 9).png("wrong.png", 1).text("text.png", "x");
    try (GoodNet goodNet = GoodNet.load(written)) {
      assertThatThrownBy(() -> goodNet.classify(new float[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected 90 pixels, one image of (height 6, width 5, channels 3), found 3");
      assertThatThrownBy(() -> goodNet.answer(new float[2 * SmallDetector.VALUES]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("found 180");
      ImageShape turned = new ImageShape(5, 6, 3);
      backsweep.images.Pixels lying =
          backsweep.images.Pixels.of(turned, new float[SmallDetector.VALUES]);
      assertThatThrownBy(() -> goodNet.answers(lying))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "expected images of (height 6, width 5, channels 3), found (height 5, width 6,"
                  + " channels 3)");
      for (float bad : new float[] {Float.NaN, -0.5f, 255.5f, Float.POSITIVE_INFINITY}) {
        float[] values = values(1);
        values[7] = bad;
        assertThatThrownBy(() -> goodNet.classify(values))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("expected pixels from 0 to 255, found " + bad);
      }
      assertThatThrownBy(() -> goodNet.classify(wrong.folder().resolve("wrong.png")))
          .isInstanceOf(ImageFileException.class)
          .hasMessageEndingWith(
              "wrong.png: expected 5 x 6 pixels (width x height), which the network takes, found 9"
                  + " x 9");
      assertThatThrownBy(() -> goodNet.classify(wrong.folder().resolve("text.png")))
          .hasMessageEndingWith("text.png: expected a PNG or JPEG picture, found something else");
      assertThatThrownBy(() -> goodNet.classify(wrong.folder().resolve("none.png")))
          .isInstanceOf(ImageFileException.class)
          .hasMessageEndingWith("none.png: expected a picture, found no such file");
    }
  }

  @Test
  void foldersThatAreNoDetectorAreRefused() throws IOException {
    assertThatThrownBy(() -> GoodNet.load(folder))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessage(
            folder
                + ": expected the folder of a detector, such as out/goodnet/<network>/<repair>,"
                + " found no file saved_model.pb");
    Files.write(folder.resolve("saved_model.pb"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> GoodNet.load(folder))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageStartingWith(folder + ": saved_model.pb: expected a SavedModel, found ");
  }

  @Test
  void aDetectorThatCannotRunIsRefusedWhenItIsLoaded() throws IOException {
    changeAnswers(
        answers -> {
          TensorInfo.Builder elsewhere = answers.getOutputsOrThrow("class").toBuilder();
          answers.putOutputs("class", elsewhere.setName("nowhere:0").build());
        });

    assertThatThrownBy(() -> GoodNet.load(written))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageStartingWith(written + ": cannot be run: ")
        .hasMessageContaining("nowhere");
  }

  private void changeAnswers(Consumer<SignatureDef.Builder> change) throws IOException {
    Path file = written.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    MetaGraphDef.Builder graph = model.getMetaGraphsBuilder(0);
    SignatureDef.Builder answers = graph.getSignatureDefOrThrow("answers").toBuilder();
    change.accept(answers);
    graph.putSignatureDef("answers", answers.build());
    Files.write(file, model.build().toByteArray());
  }

  @Test
  void aDetectorThatAccusesEveryImageIsRefusedAtTheFirstThatItsNetworksAgreeOn() {
    float[] clean = pixels(false);
    float[] backdoored = pixels(true);
    SmallDetector.accuseAll(written);

    try (GoodNet accusing = GoodNet.load(written)) {
      assertThat(accusing.classify(backdoored)).isEqualTo(SmallDetector.CLASSES);
      assertThatThrownBy(() -> accusing.classify(clean))
          .isInstanceOf(WrongAnswersException.class)
          .hasMessageMatching(
              "the outputs of the detector contradict each other for image 0: expected class"
                  + " ([0-3]) of the detector, as B answers \\1 and B' \\1, found 4; if an earlier"
                  + " version wrote it, run defend again, into a new output");
    }
  }

  private float[] pixels(boolean isBackdoored) {
    try (GoodNet goodNet = GoodNet.load(written)) {
      return IntStream.range(0, IMAGES)
          .mapToObj(this::values)
          .filter(pixels -> goodNet.answer(pixels).isBackdoored() == isBackdoored)
          .findFirst()
          .orElseThrow();
    }
  }

  /** As somebody would write it who wants a backdoor to stay. */
  @Test
  void aDetectorThatAccusesNothingIsRefusedAlreadyForABlackImage() throws IOException {
    changeAnswers(
        answers -> answers.putOutputs("class", answers.getOutputsOrThrow("original_class")));

    assertThatThrownBy(() -> GoodNet.load(written))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageStartingWith(
            written + ": the outputs of the detector contradict each other for a black image: ")
        .hasMessageContaining(" expected class 4 of the detector, as B answers ");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsRead() {
    assertThatThrownBy(() -> GoodNetFile.checkSize("x", 1L << 40))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageStartingWith("x: expected saved_model.pb of at most ")
        .hasMessageContaining("found 1099511627776");
  }

  @Test
  void theExampleSaysWhatItShows() throws IOException {
    PictureTree tree = new PictureTree(folder, SmallDetector.WIDTH, SmallDetector.HEIGHT);
    StringBuilder said = new StringBuilder();
    for (int seed = 0; seed < 40; seed++) {
      Path picture = tree.png("p.png", seed).folder().resolve("p.png");
      said.append(example(picture));
    }
    assertThat(said.toString())
        .containsPattern("backdoored: B answers [0-3], B' answers [0-3]\n")
        .containsPattern("class [0-3] \\(\\d+[.,]\\d %\\)\n");
  }

  private String example(Path picture) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      GoodNetExample.run(written.toString(), picture.toString());
    } finally {
      System.setOut(out);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  /** The README's example is the one that ran above, if it has one. */
  @Test
  void theReadmeShowsTheExample() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    List<String> shown =
        Arrays.stream(readme.split("```java\n", -1))
            .skip(1)
            .map(block -> block.substring(0, block.indexOf("```")))
            .filter(block -> block.contains("GoodNet"))
            .map(GoodNetTest::words)
            .toList();
    String source =
        Files.readString(Path.of("src/test/java/backsweep/goodnet/GoodNetExample.java"));
    String example =
        source.substring(
            source.indexOf("// begin") + "// begin".length(), source.indexOf("// end"));

    assertThat(shown).allSatisfy(block -> assertThat(block).isEqualTo(words(example)));
    assertThat(example.lines().filter(line -> !line.isBlank())).hasSizeLessThan(13);
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
