package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import backsweep.goodnet.GoodNetFileException;
import backsweep.images.ImageFileException;
import backsweep.inference.WrongAnswersException;
import backsweep.store.MissingFileException;
import backsweep.store.OutputExistsException;
import backsweep.testing.LocalSpark;
import backsweep.testing.PictureTree;
import backsweep.testing.Pixels;
import backsweep.testing.RealKeras;
import backsweep.testing.Scores;
import backsweep.testing.SmallDetector;
import backsweep.testing.SparkEvents;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyImagesTest {

  private static final int HEIGHT = SmallDetector.HEIGHT;
  private static final int WIDTH = SmallDetector.WIDTH;
  private static final Run RUN = Run.begin(Map.of("backsweep", "test"));

  @TempDir private Path folder;
  private final SmallDetector detector = new SmallDetector();
  private Path goodNet;

  @BeforeEach
  void write() {
    goodNet = detector.in(folder.resolve("goodnet/n-12345678/mean-activation-first-below-10"));
  }

  private ClassifyRequest request(Path images, String output, int partitions, boolean all) {
    return new ClassifyRequest(
        goodNet.toString(),
        images.toString(),
        Optional.empty(),
        false,
        Optional.of(folder.resolve(output).toString()),
        new ClassifyRequest.Work(partitions, all));
  }

  private static Classified run(ClassifyRequest request) {
    ClassifyImages classify = new ClassifyImages(LocalSpark.session(), request);
    return classify.execute(classify.plan(), RUN, "{}");
  }

  private Classified run(Path images, String output) {
    return run(request(images, output, 2, false));
  }

  private List<Row> parquet(String output) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(output).resolve("answers").toString())
        .orderBy("index")
        .collectAsList();
  }

  /** The rows of the CSV file, as a parser reads them that is not the writer's. */
  private List<String[]> csv(String output) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setQuoteEscape('"');
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setIgnoreLeadingWhitespacesInQuotes(false);
    settings.setIgnoreTrailingWhitespacesInQuotes(false);
    settings.setKeepQuotes(false);
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.setNullValue("");
    settings.setEmptyValue("");
    String text = Files.readString(folder.resolve(output).resolve("answers.csv"));
    return new CsvParser(settings).parseAll(new StringReader(text));
  }

  private static float[] values(int seed) {
    float[] values = new float[SmallDetector.VALUES];
    for (int i = 0; i < values.length; i++) {
      values[i] = PictureTree.value(seed, i / (3 * WIDTH), i / 3 % WIDTH, i % 3);
    }
    return values;
  }

  private static Pixels pixels(int images) {
    float[] all = new float[images * SmallDetector.VALUES];
    for (int image = 0; image < images; image++) {
      System.arraycopy(values(image), 0, all, image * SmallDetector.VALUES, SmallDetector.VALUES);
    }
    return new Pixels(images, all);
  }

  /** The images of seeds 0, 1, ..., in the labs' layout, without labels. */
  private Path hdf5(int images, float bad, int... badImages) {
    float[][][][] data = new float[images][3][HEIGHT][WIDTH];
    for (int image = 0; image < images; image++) {
      for (int i = 0; i < SmallDetector.VALUES; i++) {
        data[image][i % 3][i / (3 * WIDTH)][i / 3 % WIDTH] = values(image)[i];
      }
    }
    for (int image : badImages) {
      data[image][1][2][3] = bad;
    }
    Path file = folder.resolve("images-%d.h5".formatted(images));
    try (WritableHdfFile writable = HdfFile.write(file)) {
      writable.putDataset("data", data);
    }
    return file;
  }

  private PictureTree pictures(String name) {
    return new PictureTree(folder.resolve(name), WIDTH, HEIGHT);
  }

  @Test
  void rowsOfAnHdf5FileAreTheAnswersOfBothNetworks() {
    int images = 300;
    float[][] original = detector.original(pixels(images));
    float[][] repaired = detector.repaired(pixels(images));

    Classified classified = run(hdf5(images, 0), "out");

    List<Row> rows = parquet("out");
    assertThat(rows).hasSize(images);
    int backdoored = 0;
    for (int image = 0; image < images; image++) {
      Row row = rows.get(image);
      assertThat(row.<Integer>getAs("index")).isEqualTo(image);
      assertThat(row.<String>getAs("image")).isEqualTo(Integer.toString(image));
      assertThat(row.<String>getAs("status")).isEqualTo("classified");
      assertThat(row.<String>getAs("reason")).isNull();
      int ofOriginal = row.getAs("original_class");
      int ofRepaired = row.getAs("repaired_class");
      Scores.assertBest(ofOriginal, original[image]);
      Scores.assertBest(ofRepaired, repaired[image]);
      assertThat(row.<Float>getAs("original_probability"))
          .isCloseTo(original[image][ofOriginal], within(1e-5f));
      assertThat(row.<Float>getAs("repaired_probability"))
          .isCloseTo(repaired[image][ofRepaired], within(1e-5f));
      boolean differ = ofOriginal != ofRepaired;
      assertThat(row.<Boolean>getAs("backdoored")).isEqualTo(differ);
      assertThat(row.<Integer>getAs("class"))
          .isEqualTo(differ ? SmallDetector.CLASSES : ofOriginal);
      backdoored += differ ? 1 : 0;
    }
    assertThat(backdoored).isBetween(1, images - 1);
    assertThat(classified)
        .isEqualTo(new Classified(images, backdoored, 0, List.of(), Optional.empty()));
    assertThat(folder.resolve("out/manifest.json"))
        .content()
        .contains("\"images\" : 300", "\"backdoored_class\" : 4", "\"images_sha256\"", RUN.id());
  }

  @Test
  void neitherPartitionsNorTheWayBackThroughCsvChangeARow() throws IOException {
    Path images = hdf5(100, Float.NaN, 40);
    run(request(images, "one", 1, true));
    run(request(images, "seven", 7, true));

    assertThat(parquet("seven")).isEqualTo(parquet("one"));
    assertThat(files("seven/answers")).hasSize(7);
    assertThat(files("one/answers")).hasSize(1);
    assertThat(Files.readString(folder.resolve("seven/answers.csv")))
        .isEqualTo(Files.readString(folder.resolve("one/answers.csv")));
    List<String[]> csv = csv("one");
    assertThat(csv.get(0)).isEqualTo(parquet("one").get(0).schema().fieldNames());
    assertThat(csv.subList(1, csv.size()))
        .usingRecursiveComparison()
        .isEqualTo(parquet("one").stream().map(ClassifyImagesTest::texts).toList());
    assertThat(parquet("one").get(0).getList(10)).hasSize(SmallDetector.CLASSES);
    assertThat(parquet("one").get(40).isNullAt(10)).isTrue();
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(below))) {
      return all.toList();
    }
  }

  private static String[] texts(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(
            i ->
                row.isNullAt(i)
                    ? ""
                    : row.get(i) instanceof scala.collection.Seq<?>
                        ? String.join(
                            " ", row.<Float>getList(i).stream().map(String::valueOf).toList())
                        : row.get(i).toString())
        .toArray(String[]::new);
  }

  @Test
  void everyJobSaysByWhatDetectorItIsAndWhatItDoes() {
    Path images = hdf5(50, 256, 17);
    List<Optional<String>> found = SparkEvents.descriptions(() -> run(images, "out"));

    String name = "n-12345678/mean-activation-first-below-10: ";
    assertThat(found).allSatisfy(job -> assertThat(job.orElseThrow()).startsWith(name));
    assertThat(found.stream().map(job -> job.orElseThrow().substring(name.length())).distinct())
        .containsExactly("classify 50 images", "count answers", "write answers.csv");
  }

  @Test
  void imagesOfAnHdf5FileThatAreNoneAreRowsAndStopNoOthers() {
    Classified classified = run(hdf5(50, 256, 17, 49), "out");

    List<Row> rows = parquet("out");
    assertThat(rows).hasSize(50);
    for (int bad : new int[] {17, 49}) {
      assertThat(rows.get(bad).<String>getAs("status")).isEqualTo("unreadable");
      assertThat(rows.get(bad).<Integer>getAs("class")).isNull();
      assertThat(rows.get(bad).<Boolean>getAs("backdoored")).isNull();
      assertThat(rows.get(bad).<String>getAs("reason"))
          .isEqualTo(
              "expected values from 0 to 255, found 256 at image %d, channel 1, row 2, column 3"
                  .formatted(bad));
    }
    assertThat(classified.unreadable()).isEqualTo(2);
    assertThat(classified.problems()).hasSize(2).allMatch(problem -> problem.contains("found 256"));
    assertThat(rows.stream().filter(row -> row.<String>getAs("status").equals("classified")))
        .hasSize(48);
  }

  @Test
  void namesOfFilesAreWhatTheyAre() throws IOException {
    List<String> names =
        List.of(
            "plain.png",
            "sub/deep/er.jpg",
            "quote\".png",
            "comma,semi;.png",
            "line\nbreak.png",
            "return\rhere.png",
            " space .png ",
            "tab\there.png",
            "'single.png",
            "back\\slash.png",
            "<script>alert(1)</script>.png");
    List<String> formulas =
        List.of("=cmd|' /C calc'!A0.png", "+1.png", "-1.png", "@SUM(1).png", "\tx.png");
    PictureTree tree = pictures("hostile");
    Stream.concat(names.stream(), formulas.stream()).forEach(name -> tree.png(name, name.length()));
    tree.text(".hidden", "x").text("Thumbs.db", "x").text("classes.txt", "x");

    Classified classified = run(tree.folder(), "out");

    List<String> expected =
        Stream.concat(names.stream(), formulas.stream().map(name -> "./" + name)).toList();
    assertThat(parquet("out").stream().map(row -> row.<String>getAs("image")))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(csv("out").stream().skip(1).map(row -> row[1]))
        .containsExactlyElementsOf(
            parquet("out").stream().map(row -> row.<String>getAs("image")).toList());
    assertThat(csv("out")).allSatisfy(row -> assertThat(row).hasSize(10));
    assertThat(classified.images()).isEqualTo(names.size() + formulas.size());
    assertThat(classified.unreadable()).isZero();
    for (Row row : parquet("out")) {
      assertThat(tree.folder().resolve(row.<String>getAs("image"))).exists();
    }
  }

  /** Not only what wrote the file can read it. */
  @Test
  void pythonReadsTheNames() throws IOException, InterruptedException {
    RealKeras python = RealKeras.in(folder);
    PictureTree tree = pictures("hostile");
    List<String> names = List.of("\"", ",", "a\nb", "a\rb", "a\r\nb\"\",\"", "'", " ", "\\");
    names.forEach(name -> tree.png("x" + name + ".png", name.length()));
    run(tree.folder(), "out");
    Path expected = folder.resolve("names.json");
    List<String> images = parquet("out").stream().map(row -> row.<String>getAs("image")).toList();
    assertThat(images).hasSize(names.size());
    new ObjectMapper().writeValue(expected.toFile(), images);

    python.run(
        "read_answers.py",
        List.of(folder.resolve("out/answers.csv").toString(), expected.toString()));
  }

  @Test
  void picturesThatCannotBeReadAreRowsWithTheReason() {
    PictureTree tree =
        pictures("some").png("a.png", 1).png("z/b.png", 2).text("c.png", "no picture");
    tree.png("cut.png", 3).cut("cut.png", 20).bytes("empty.png", new byte[0]);
    new PictureTree(tree.folder(), 9, 8).png("large.png", 4);

    Classified classified = run(tree.folder(), "out");

    assertThat(parquet("out").stream().map(row -> row.getAs("image") + " " + row.getAs("status")))
        .containsExactly(
            "a.png classified",
            "c.png unreadable",
            "cut.png unreadable",
            "empty.png unreadable",
            "large.png unreadable",
            "z/b.png classified");
    assertThat(classified.problems())
        .satisfiesExactly(
            c ->
                assertThat(c)
                    .isEqualTo("c.png: expected a PNG or JPEG picture, found something else"),
            cut -> assertThat(cut).startsWith("cut.png: is truncated"),
            empty ->
                assertThat(empty)
                    .isEqualTo("empty.png: expected a PNG or JPEG picture, found an empty file"),
            large ->
                assertThat(large)
                    .isEqualTo(
                        "large.png: expected 5 x 6 pixels (width x height), which the network"
                            + " takes, found 9 x 8"));
    float[][] original = detector.original(new Pixels(2, joined(values(1), values(2))));
    Row second = parquet("out").get(5);
    Scores.assertBest(second.getAs("original_class"), original[1]);
  }

  private static float[] joined(float[] one, float[] other) {
    float[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void picturesOfOtherSizesAreScaledWhereThatIsAsked() {
    new PictureTree(folder.resolve("large"), 9, 8).png("large.png", 4);
    ClassifyRequest asked = request(folder.resolve("large"), "out", 0, false);
    ClassifyRequest resizing =
        new ClassifyRequest(
            asked.goodNet(), asked.images(), asked.layout(), true, asked.output(), asked.work());

    assertThat(run(resizing).unreadable()).isZero();
  }

  @Test
  void onePictureHasAnAnswerAlsoWithoutAnOutput() {
    PictureTree tree = pictures("one").png("face.png", 7);
    ClassifyRequest asked = request(tree.folder().resolve("face.png"), "out", 0, false);
    ClassifyRequest printed =
        new ClassifyRequest(
            asked.goodNet(), asked.images(), asked.layout(), false, Optional.empty(), asked.work());

    Classified written = run(asked);
    Classified kept = run(printed);

    assertThat(kept).isEqualTo(written);
    assertThat(kept.only()).isPresent();
    Row row = parquet("out").get(0);
    assertThat(row.<String>getAs("image")).isEqualTo("face.png");
    assertThat(kept.only().orElseThrow().answer()).isEqualTo(row.<Integer>getAs("class"));
    assertThat(kept.only().orElseThrow().repaired())
        .isEqualTo(row.<Integer>getAs("repaired_class"));
  }

  @Test
  void nothingIsOverwrittenAndNothingIsLeftBehind() throws IOException {
    Path images = hdf5(10, 0);
    run(images, "out");
    String before = Files.readString(folder.resolve("out/answers.csv"));

    assertThatThrownBy(() -> run(images, "out"))
        .isInstanceOf(OutputExistsException.class)
        .hasMessageMatching(
            "output: expected nothing at .*/out yet, found something; nothing is overwritten");
    Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> run(images, "empty")).isInstanceOf(OutputExistsException.class);

    assertThat(Files.readString(folder.resolve("out/answers.csv"))).isEqualTo(before);
    assertThat(files("."))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("goodnet", "images-10.h5", "out", "empty");
    assertThat(files("out"))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("answers", "answers.csv", "manifest.json");
  }

  @Test
  void anOutputThatAppearsMeanwhileIsKept() throws IOException {
    ClassifyRequest asked = request(hdf5(10, 0), "out", 0, false);
    ClassifyImages classify = new ClassifyImages(LocalSpark.session(), asked);
    ClassifyPlan plan = classify.plan();
    Files.writeString(folder.resolve("out"), "somebody's");

    assertThatThrownBy(() -> classify.execute(plan, RUN, "{}"))
        .isInstanceOf(OutputExistsException.class);
    assertThat(folder.resolve("out")).hasContent("somebody's");
    assertThat(files(".")).noneMatch(file -> file.getFileName().toString().startsWith("."));
  }

  @Test
  void whatIsNoImageSetIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("nothing"));
    assertThatThrownBy(() -> run(folder.resolve("nothing"), "out"))
        .isInstanceOf(ImageFileException.class)
        .hasMessageEndingWith("nothing: expected pictures, found none");
    Path broken = Files.writeString(folder.resolve("broken.h5"), "no HDF5");
    assertThatThrownBy(() -> run(broken, "out"))
        .isInstanceOf(ImageFileException.class)
        .hasMessageEndingWith("broken.h5: expected an HDF5 file, found something else");
    assertThatThrownBy(() -> run(folder.resolve("none"), "out"))
        .isInstanceOf(MissingFileException.class);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatIsNoDetectorIsRefused() {
    Path images = hdf5(10, 0);
    goodNet = folder.resolve("goodnet");
    assertThatThrownBy(() -> run(images, "out"))
        .isInstanceOf(GoodNetFileException.class)
        .hasMessageContaining("expected the folder of a detector");
  }

  @Test
  void aDetectorWhoseOutputsContradictEachOtherIsRefusedAtTheImageThatShowsIt() {
    Path images = hdf5(50, 0);
    SmallDetector.accuseAll(goodNet);

    assertThatThrownBy(() -> run(images, "out"))
        .rootCause()
        .isInstanceOf(WrongAnswersException.class)
        .hasMessageMatching(
            "the outputs of the detector contradict each other for \\d+: expected class ([0-3]) of"
                + " the detector, as B answers \\1 and B' \\1, found 4; .+");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void howManyImagesRunAtATimeIsSaidBesideTheDetector() throws IOException {
    Path images = hdf5(10, 0);
    assertThat(perBatch(images)).isEqualTo(16);
    for (Map.Entry<String, Integer> said :
        Map.of(
                "{\"images_per_batch\": 5}",
                5,
                "{\"images_per_batch\": 9999999}",
                256,
                "{\"images_per_batch\": -3}",
                1,
                "[",
                16,
                "{\"images_per_batch\": \"x\"}",
                16)
            .entrySet()) {
      Files.writeString(goodNet.resolve("repair.json"), said.getKey());
      assertThat(perBatch(images)).as(said.getKey()).isEqualTo(said.getValue());
    }
  }

  private int perBatch(Path images) {
    return new ClassifyImages(LocalSpark.session(), request(images, "out", 0, false))
        .plan()
        .detector()
        .imagesPerBatch();
  }

  @Test
  void foldersThatLeadInACircleAreRefused() throws IOException {
    PictureTree tree = pictures("circle").png("a.png", 1);
    Files.createSymbolicLink(tree.folder().resolve("again"), tree.folder());
    List<String> expected = new ArrayList<>(List.of("circle", "nested at most 32 deep"));
    assertThatThrownBy(() -> run(tree.folder(), "out"))
        .isInstanceOf(ImageFileException.class)
        .hasMessageContainingAll(expected.toArray(String[]::new));
  }
}
