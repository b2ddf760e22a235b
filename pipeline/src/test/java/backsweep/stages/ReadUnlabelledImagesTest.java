package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageShape;
import backsweep.pictures.PictureFit;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.StoredDetector;
import backsweep.testing.LocalSpark;
import backsweep.testing.PictureTree;
import backsweep.testing.SmallDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where pictures are found, on a file system whose root is a folder of the test. */
class ReadUnlabelledImagesTest {

  private static final String MOUNTED = "viewfs://test";
  private static final PictureFit FIT = new PictureFit(new ImageShape(6, 5, 3), false);

  @TempDir private Path root;
  private final Configuration configuration = new Configuration();

  @BeforeEach
  void mount() {
    configuration.set("fs.defaultFS", MOUNTED + "/");
    configuration.set("fs.viewfs.mounttable.test.linkMergeSlash", root.toUri().toString());
    configuration.setBoolean("fs.viewfs.impl.disable.cache", true);
  }

  private UnlabelledImages images(String path) {
    return new ReadUnlabelledImages(new SharedFiles(configuration), FIT, Optional.empty())
        .execute(path);
  }

  private List<ReadImage> read(String path) {
    UnlabelledImages images = images(path);
    Configuration elsewhere = new Configuration(configuration);
    elsewhere.unset("fs.defaultFS"); // as paths that are not whole are other ones on an executor
    try (UnlabelledImages.Reader reader = images.open(elsewhere)) {
      return reader.read(0, images.images());
    }
  }

  private static void assertRead(List<ReadImage> images, String... names) {
    assertThat(images).allSatisfy(image -> assertThat(image.problem()).isEmpty());
    assertThat(images).extracting(ReadImage::name).containsExactly(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/face.png", MOUNTED + "/face.png", "/sub/../face.png"})
  void aPictureInTheRootIsFound(String path) {
    new PictureTree(root, 5, 6).png("face.png", 1);

    assertRead(read(path), "face.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", MOUNTED + "/", MOUNTED, "//"})
  void theRootIsAFolder(String path) {
    new PictureTree(root, 5, 6).png("face.png", 1).png("sub/deep/er.png", 2);

    assertRead(read(path), "face.png", "sub/deep/er.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/photos", "/photos/", "/photos//"})
  void slashesBehindAFolderDoNotCount(String path) {
    new PictureTree(root.resolve("photos"), 5, 6).png("face.png", 1).png("sub/er.png", 2);

    assertRead(read(path), "face.png", "sub/er.png");
  }

  @Test
  void aLinkToNothingIsAPictureThatCannotBeRead() throws IOException {
    new PictureTree(root, 5, 6).png("face.png", 1);
    Files.createSymbolicLink(root.resolve("gone.png"), root.resolve("none"));

    List<ReadImage> images = read(root.toUri().toString());

    assertThat(images).extracting(ReadImage::name).containsExactly("face.png", "gone.png");
    assertThat(images.get(0).problem()).isEmpty();
    assertThat(images.get(1).problem()).contains("expected a file that can be read, found none");
  }

  /** Files that nobody reads may be empty. */
  @Test
  void manyPicturesAreListedQuickly() throws IOException {
    int pictures = 20_000;
    for (int i = 0; i < pictures; i++) {
      Path subfolder = root.resolve("many/%d".formatted(i % 3));
      Files.createDirectories(subfolder);
      Files.createFile(subfolder.resolve("%06d.png".formatted(i)));
    }
    Instant begun = Instant.now();

    UnlabelledImages images = images(root.resolve("many").toUri().toString());

    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(((UnlabelledImages.Pictures) images).names())
        .hasSize(pictures)
        .isSorted()
        .startsWith("0/000000.png", "0/000003.png")
        .endsWith("2/019997.png")
        .doesNotHaveDuplicates();
  }

  /** Or a task would be as large as the list, and there are thousands of tasks. */
  @Test
  void tasksDoNotCarryTheNames() throws IOException {
    assertThat(taskOf(20_000) - taskOf(1)).isLessThan(100);
  }

  private static int taskOf(int pictures) throws IOException {
    List<String> names = IntStream.range(0, pictures).mapToObj("%06d.png"::formatted).toList();
    UnlabelledImages images = new UnlabelledImages.Pictures("/photos", names, FIT);
    SparkSession spark = LocalSpark.session();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    StoredDetector detector =
        StoredDetector.of(new SmallDetector().model().content(StoredDetector.FILE));
    ClassifyTask task =
        new ClassifyTask(
            context.broadcast(detector),
            context.broadcast(images),
            16,
            new AnswerTable(false),
            new SerializableConfiguration(new Configuration(false)),
            spark.sparkContext().longAccumulator());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(task);
    }
    return bytes.size();
  }

  @Test
  void namesWithoutAFolderAreBelowTheOneThatOneWorksIn() throws IOException {
    String here =
        FileSystem.get(configuration).getWorkingDirectory().toUri().getPath().substring(1);
    new PictureTree(root.resolve(here), 5, 6).png("face.png", 1);

    assertRead(read("face.png"), "face.png");
    assertRead(read("./face.png"), "face.png");
    assertRead(read("."), "face.png");
  }
}
