package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCommandTest {

  private static final int IMAGES = 256;
  private static final int CLASSES = 4;

  @TempDir private static Path made;
  @TempDir private Path folder;

  /** A network that is trained in seconds, and its detector. */
  @BeforeAll
  static void defend() {
    List<String> train = TrainingCall.withImages(made.resolve("images.h5")).into(made, "one");
    assertThat(Outcome.of(train.toArray(String[]::new)).code()).isZero();
    Outcome poison =
        Outcome.of(
            "poison",
            "--images=" + made.resolve("images.h5"),
            "--trigger=kind=pattern,size=3,values=255",
            "--target=0",
            "--output=" + made.resolve("square.h5"));
    assertThat(poison.code()).isZero();
    Outcome defend =
        Outcome.of(
            "defend",
            "--network=" + made.resolve("one.h5"),
            "--clean-validation=" + made.resolve("images.h5"),
            "--clean-test=" + made.resolve("images.h5"),
            "--poisoned=square=" + made.resolve("square.h5"),
            "--drop-percent=20",
            "--progress=none",
            "--output=" + made.resolve("out"));
    assertThat(defend.code()).as(defend.err() + defend.log()).isZero();
  }

  private static Path goodNet() throws IOException {
    try (Stream<Path> networks = Files.list(made.resolve("out/goodnet"))) {
      return networks.findFirst().orElseThrow().resolve("mean-activation-first-below-20");
    }
  }

  private Outcome classify(Object images, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("classify", "--goodnet=" + goodNet(), "--images=" + images, "--progress=none"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private String output(String name) {
    return "--output=" + folder.resolve(name);
  }

  private List<Row> rows(String name) {
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      return spark
          .read()
          .parquet(folder.resolve(name).resolve("answers").toString())
          .orderBy("index")
          .collectAsList();
    }
  }

  private static void assertDone(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.log()).doesNotContain("WARN", "ERROR");
    assertThat(outcome.code()).isZero();
  }

  private static Row evaluation() {
    return WrittenTable.read(
            made.resolve("out"),
            "evaluations",
            "subject",
            "true_positive_rate",
            "false_positive_rate",
            "clean_accuracy",
            "attack_success_rate")
        .get(0);
  }

  @Test
  void rowsAddUpToTheEvaluationOfTheDefence() throws IOException {
    Outcome clean = classify(made.resolve("images.h5"), output("clean"));
    Outcome poisoned = classify(made.resolve("square.h5"), output("poisoned"));

    assertDone(clean);
    assertDone(poisoned);
    Row expected = evaluation();
    assertThat(expected.getString(0)).isEqualTo("goodnet");
    assertThat(share(rows("poisoned"), "class", CLASSES)).isEqualTo(expected.getDouble(1));
    long flagged = rows("clean").stream().filter(row -> row.<Boolean>getAs("backdoored")).count();
    assertThat(flagged).isBetween(1L, IMAGES - 1L);
    assertThat((double) flagged / IMAGES).isEqualTo(expected.getDouble(2));
    long right =
        rows("clean").stream()
            .filter(row -> row.<Integer>getAs("class") == row.<Integer>getAs("index") % CLASSES)
            .count();
    assertThat((double) right / IMAGES).isEqualTo(expected.getDouble(3));
    assertThat(share(rows("poisoned"), "class", 0)).isEqualTo(expected.getDouble(4));
    assertThat(clean.out())
        .contains(
            "Detector  " + goodNet() + ": 4 classes, 4 is \"backdoored\", images of (height 16,",
            "Images    256 from " + made.resolve("images.h5"),
            "Answers   %d with a class of the network\n".formatted(IMAGES - flagged),
            "          %d with 4, \"backdoored\": B and B' differ\n".formatted(flagged),
            "Written   " + folder.resolve("clean"));
    assertThat(TextFile.read(folder.resolve("clean/manifest.json")))
        .contains("\"goodnet_sha256\"", "\"images_per_batch\" : 256", "\"spark\"", "\"commit\"");
  }

  private static double share(List<Row> rows, String column, int value) {
    return (double) rows.stream().filter(row -> row.<Integer>getAs(column) == value).count()
        / rows.size();
  }

  @Test
  void picturesOfAFolderHaveTheAnswersThatTheirHdf5FileHas() throws IOException {
    Path pictures = PictureFolder.flat(made.resolve("images.h5"), folder.resolve("pictures"));
    Edited.text("no picture", pictures.resolve("000256.png"));

    assertDone(classify(made.resolve("images.h5"), output("hdf5")));
    Outcome outcome = classify(pictures + "/", output("folder"));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains(
            "Unreadable 1 of 257\n",
            "          000256.png: expected a PNG or JPEG picture, found something else\n");
    List<Row> rows = rows("folder");
    assertThat(rows).hasSize(IMAGES + 1);
    assertThat(rows.get(IMAGES).<String>getAs("status")).isEqualTo("unreadable");
    List<Row> expected = rows("hdf5");
    for (int image = 0; image < IMAGES; image++) {
      assertThat(rows.get(image).<String>getAs("image")).isEqualTo("%06d.png".formatted(image));
      for (int column = 2; column < rows.get(image).size(); column++) {
        assertThat(rows.get(image).get(column)).isEqualTo(expected.get(image).get(column));
      }
    }
  }

  @Test
  void theClassOfOnePictureIsPrinted() throws IOException {
    Path pictures = PictureFolder.flat(made.resolve("images.h5"), folder.resolve("pictures"));
    assertDone(classify(made.resolve("images.h5"), output("all")));
    Row plain = first(false);
    Row flagged = first(true);

    Outcome of = classify(picture(pictures, plain));
    Outcome backdoored = classify(picture(pictures, flagged), output("one"));

    assertDone(of);
    assertThat(of.out())
        .contains(
            "\nClass     %d\n".formatted(plain.<Integer>getAs("class")),
            "          B answers %d (".formatted(plain.<Integer>getAs("original_class")),
            "          B' answers %d (".formatted(plain.<Integer>getAs("repaired_class")))
        .doesNotContain("Written");
    assertDone(backdoored);
    assertThat(backdoored.out())
        .contains(
            "\nClass     4: backdoored\n",
            "          B answers %d (".formatted(flagged.<Integer>getAs("original_class")),
            "          B' answers %d (".formatted(flagged.<Integer>getAs("repaired_class")),
            "Written   " + folder.resolve("one"));
    assertThat(rows("one")).hasSize(1);
  }

  private Row first(boolean isBackdoored) {
    return rows("all").stream()
        .filter(row -> row.<Boolean>getAs("backdoored") == isBackdoored)
        .findFirst()
        .orElseThrow();
  }

  private static Path picture(Path pictures, Row row) {
    return pictures.resolve("%06d.png".formatted(row.<Integer>getAs("index")));
  }

  @Test
  void onePictureThatIsNoneIsBadInput() throws IOException {
    Path text = Edited.text("no picture", folder.resolve("a.png"));

    Outcome outcome = classify(text);

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.out())
        .contains(
            "Unreadable 1 of 1\n", "a.png: expected a PNG or JPEG picture, found something else");
  }

  @Test
  void anOutputThatIsThereIsWrongUsage() throws IOException {
    Files.createDirectory(folder.resolve("there"));

    Outcome outcome = classify(made.resolve("images.h5"), output("there"));

    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .endsWith("/there yet, found something; nothing is overwritten");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(folder.resolve("there")).isEmptyDirectory();
  }

  @Test
  void manyImagesNeedAnOutput() throws IOException {
    Outcome outcome = classify(made.resolve("images.h5"));

    assertThat(outcome.err())
        .isEqualTo(
            "backsweep: --output is required (or backsweep.classify.output in a configuration), as"
                + " there are 256 images; only for one picture it is not\n");
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  void whatIsNoDetectorIsBadInput() {
    Outcome outcome =
        Outcome.of(
            "classify",
            "--goodnet=" + made,
            "--images=" + made.resolve("images.h5"),
            output("none"));

    assertThat(outcome.err())
        .isEqualTo(
            "backsweep: "
                + made
                + ": expected the folder of a detector, such as out/goodnet/<network>/<repair>,"
                + " found no file saved_model.pb\n");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.log()).doesNotContain("ERROR");
  }

  @Test
  void aDetectorThatContradictsItselfIsBadInput() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    String model =
        Files.readString(goodNet().resolve("saved_model.pb"), StandardCharsets.ISO_8859_1);
    Files.writeString(
        copy.resolve("saved_model.pb"),
        model
            .replace("original_class", "exchanged_clas")
            .replace("repaired_class", "original_class")
            .replace("exchanged_clas", "repaired_class"),
        StandardCharsets.ISO_8859_1);

    Outcome outcome =
        Outcome.of(
            "classify",
            "--goodnet=" + copy,
            "--images=" + made.resolve("square.h5"),
            output("none"),
            "--progress=none");

    assertThat(outcome.err()).contains("the outputs of the detector contradict each other for ");
    assertThat(outcome.problems()).hasSize(1);
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void dryRunSaysWhatWouldBeDoneAndWritesNothing() throws IOException {
    Outcome outcome = classify(made.resolve("images.h5"), output("dry"), "--dry-run");

    assertDone(outcome);
    assertThat(outcome.out())
        .contains("probabilities=answers", "Images    256 from ")
        .doesNotContain("Written", "Answers");
    assertThat(folder.resolve("dry")).doesNotExist();
  }

  @Test
  void allProblemsAreReportedTogether() {
    Outcome outcome =
        Outcome.of(
            "classify",
            "--image-layout=hwc",
            "--probabilities=some",
            "--output=a*b",
            "--set=partitions=-1");

    assertThat(outcome.problems())
        .containsExactly(
            "backsweep: --goodnet is required (or backsweep.classify.goodnet in a configuration)",
            "--images is required (or backsweep.classify.images in a configuration)",
            "image-layout: expected one of nchw, nhwc, found \"hwc\"",
            "output: expected a path without any of * ? [ ] { } \\, found \"a*b\"",
            "partitions: expected a whole number from 0 to 1000000, found \"-1\"",
            "probabilities: expected one of all, answers, found \"some\"");
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  void everyKeyOfTheReferenceIsReadAndNoOther() {
    Map<String, Object> required = Map.of("goodnet", "g", "images", "i");
    Configuration configuration =
        Configuration.resolve(Section.CLASSIFY, required, List.of(), Optional.empty());
    ClassifySettings.read(configuration);
    assertThat(configuration.keysRead()).isEqualTo(Section.CLASSIFY.keys());
  }
}
