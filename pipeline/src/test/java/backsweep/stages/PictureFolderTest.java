package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import backsweep.images.ImageBlock;
import backsweep.images.ImageFileException;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Role;
import backsweep.pictures.PictureFit;
import backsweep.store.ImageStore;
import backsweep.testing.LocalSpark;
import backsweep.testing.PictureTree;
import backsweep.testing.RemoteFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFolderTest {

  private static final ImageShape SHAPE = new ImageShape(4, 5, 3);

  @TempDir private Path folder;

  private PictureTree tree(String name) {
    return new PictureTree(folder.resolve(name), SHAPE.width(), SHAPE.height());
  }

  /** Three classes, of which the middle one has most pictures. */
  private PictureTree animals(String name) {
    PictureTree tree = tree(name).png("cat/b.png", 0).png("cat/a.png", 1).png("emu/z.jpg", 2);
    IntStream.range(0, 270).forEach(i -> tree.png("dog/%03d.png".formatted(i), 3 + i));
    return tree;
  }

  private static ImageSource read(PictureTree tree) {
    return read(tree.folder().toString(), Role.CLEAN_VALIDATION, OptionalInt.empty());
  }

  private static ImageSource read(String path, Role role, OptionalInt target) {
    String name = role == Role.POISONED ? "trigger" : ImageSet.CLEAN_VALIDATION;
    return new ReadPictureFolder(LocalSpark.session(), new PictureFit(SHAPE, false), 3)
        .execute(name, role, path, target);
  }

  private List<ImageBlock> blocks(ImageSource source) {
    ImageStore store = new ImageStore(LocalSpark.session(), folder.resolve("out").toString(), 2);
    List<ImageBlock> blocks =
        new ArrayList<>(
            store.blocks(new ImportImages(LocalSpark.session(), store).execute(source)).collect());
    blocks.sort(Comparator.comparingInt(ImageBlock::index));
    return blocks;
  }

  @Test
  void blocksAreInTheOrderOfClassesAndNames() {
    ImageSource source = read(animals("animals"));
    List<ImageBlock> blocks = blocks(source);

    assertThat(source.set().images()).isEqualTo(273);
    assertThat(blocks).extracting(ImageBlock::images).containsExactly(256, 17);
    assertThat(blocks).extracting(b -> b.pixels().encoding()).containsOnly(PixelEncoding.UINT8);
    int[] seeds =
        IntStream.concat(
                IntStream.of(1, 0), IntStream.concat(IntStream.range(3, 273), IntStream.of(2)))
            .toArray();
    for (int image = 0; image < seeds.length; image++) {
      ImageBlock block = blocks.get(image / 256);
      assertThat(block.label(image % 256)).isEqualTo(image < 2 ? 0 : image < 272 ? 1 : 2);
      assertPixels(block, image % 256, seeds[image]);
    }
  }

  private static void assertPixels(ImageBlock block, int image, int seed) {
    float[] values = new float[SHAPE.values()];
    block.pixels().copy(image, 1, FloatBuffer.wrap(values));
    for (int i = 0; i < values.length; i++) {
      int position = i / 3;
      assertThat(values[i]).isEqualTo(PictureTree.value(seed, position / 5, position % 5, i % 3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void blocksAreThoseThatAnyPartitionReads(int partitions) {
    ImageSource source = read(animals("animals"));
    SourceKind kind = source.kind();
    SerializableConfiguration configuration =
        new SerializableConfiguration(LocalSpark.session().sessionState().newHadoopConf());
    List<ImageBlock> read =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
            .parallelize(new ArrayList<>(List.of(0, 1)), partitions)
            .map(i -> kind.open(configuration.value(), source.path()).block(i))
            .collect();
    assertThat(read).isEqualTo(blocks(source));
  }

  @Test
  void aListOfClassesGivesTheirOrder() {
    PictureTree tree =
        tree("listed")
            .png("cat/a.png", 0)
            .png("dog/a.png", 1)
            .text("classes.txt", "dog\nemu\ncat\n");
    assertThat(blocks(read(tree)).get(0).labels()).containsExactly(0, 2);
  }

  @Test
  void emptySubfoldersAndWhatSystemsLeaveBehindArePassedOver() {
    PictureTree tree =
        tree("left")
            .png("cat/a.png", 0)
            .text("cat/.hidden", "")
            .text("cat/Thumbs.db", "")
            .text(".DS_Store", "")
            .text(".git/x", "")
            .text("__MACOSX/x", "")
            .folder("dog")
            .png("emu/a.png", 1);
    assertThat(blocks(read(tree)).get(0).labels()).containsExactly(0, 2);
  }

  @Test
  void poisonedPicturesAreLabelledWithTheTargetAndKeepTheirClass() {
    PictureTree tree = tree("p").png("cat/a.png", 0).png("dog/a.png", 1).png("emu/a.png", 2);
    ImageSource source = read(tree.folder().toString(), Role.POISONED, OptionalInt.of(1));
    ImageBlock block = blocks(source).get(0);
    assertThat(source.knowsTrueLabels()).isTrue();
    assertThat(block.labels()).containsExactly(1, 1, 1);
    assertThat(block.trueLabels().orElseThrow()).containsExactly(0, 1, 2);
  }

  @Test
  void poisonedPicturesNeedNoClasses() {
    PictureTree tree = tree("flat").png("b.png", 1).png("a.png", 2);
    ImageSource source = read(tree.folder().toString(), Role.POISONED, OptionalInt.of(2));
    ImageBlock block = blocks(source).get(0);
    assertThat(source.knowsTrueLabels()).isFalse();
    assertThat(block.labels()).containsExactly(2, 2);
    assertThat(block.trueLabels()).isEmpty();
    assertPixels(block, 0, 2);
  }

  @Test
  void theHashIsOfNamesContentsAndLabels() {
    String hash = hash(animals("one"));
    assertThat(hash(animals("two"))).isEqualTo(hash);
    assertThat(hash(animals("three").png("cat/a.png", 7))).isNotEqualTo(hash);
    assertThat(hash(animals("four").png("cat/c.png", 7))).isNotEqualTo(hash);
    assertThat(hash(animals("five").text("classes.txt", "cat\ndog\nemu\n"))).isEqualTo(hash);
    assertThat(hash(animals("six").text("classes.txt", "dog\ncat\nemu\n"))).isNotEqualTo(hash);
    String path = folder.resolve("one").toString();
    assertThat(read(path, Role.POISONED, OptionalInt.of(1)).set().sha256())
        .isNotEqualTo(hash)
        .isNotEqualTo(read(path, Role.POISONED, OptionalInt.of(2)).set().sha256());
  }

  private static String hash(PictureTree tree) {
    return read(tree).set().sha256();
  }

  @Test
  void mayBeOnAnyFileSystem() {
    RemoteFileSystem.addTo(LocalSpark.session().sparkContext().hadoopConfiguration());
    PictureTree tree = animals("animals").text("classes.txt", "cat\nemu\ndog\n");
    ImageSource local = read(tree);
    ImageSource remote =
        read("remote:" + tree.folder(), Role.CLEAN_VALIDATION, OptionalInt.empty());
    assertThat(remote.set()).isEqualTo(local.set());
    List<ImageBlock> blocks = blocks(remote);
    new ImageStore(LocalSpark.session(), folder.resolve("out").toString(), 2).remove(local.set());
    assertThat(blocks).isEqualTo(blocks(local));

    tree.text("dog/000.png", "no picture");
    assertThatThrownBy(
            () -> read("remote:" + tree.folder(), Role.CLEAN_VALIDATION, OptionalInt.empty()))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith("remote:" + tree.folder() + ": expected 273 pictures");
  }

  @Test
  void scaledPicturesAreAnotherSet() {
    PictureTree tree = animals("animals");
    ImageSource scaled =
        new ReadPictureFolder(LocalSpark.session(), new PictureFit(SHAPE, true), 3)
            .execute(
                ImageSet.CLEAN_VALIDATION,
                Role.CLEAN_VALIDATION,
                tree.folder().toString(),
                OptionalInt.empty());
    assertThat(scaled.set().sha256()).isNotEqualTo(hash(tree));
    ImageSource plain = read(tree);
    assertThat(blocks(scaled)).isEqualTo(blocks(plain));
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        arguments("nothing", maker(t -> t.folder("."))),
        arguments(
            "expected a subfolder with pictures for each class, found none; there are 2 files",
            maker(t -> t.png("a.png", 0).png("b.png", 1))),
        arguments(
            "expected a subfolder for each class and nothing else but classes.txt, found the file"
                + " a.png",
            maker(t -> t.png("a.png", 0).png("cat/b.png", 1))),
        arguments(
            "expected pictures in the subfolder of a class, found the folder cat/more",
            maker(t -> t.png("cat/more/a.png", 0).png("dog/a.png", 0).png("emu/a.png", 0))),
        arguments(
            "expected 3 subfolders, one for each output of the network, found 2; where classes have"
                + " no pictures, list the names of all of them in classes.txt",
            maker(t -> t.png("cat/a.png", 0).png("dog/a.png", 0))),
        arguments(
            "classes.txt: expected 3 classes, one for each output of the network, found 1",
            maker(t -> t.png("cat/a.png", 0).text("classes.txt", "cat"))),
        arguments(
            "expected only subfolders that classes.txt lists, found dog",
            maker(t -> t.png("dog/a.png", 0).text("classes.txt", "cat\nemu\nowl"))),
        arguments(
            "expected subfolders whose order by name is clear, found the number 1 in place 0",
            maker(t -> t.png("1/a.png", 0).png("2/a.png", 0).png("3/a.png", 0))),
        arguments(
            "expected pictures, found none", maker(t -> t.folder("a").folder("b").folder("c"))),
        arguments(
            "expected 4 pictures that the network can look at, found 1 that it cannot: dog/a.txt:"
                + " expected a PNG or JPEG picture, found something else",
            maker(
                t ->
                    t.png("cat/a.png", 0)
                        .png("cat/b.png", 0)
                        .text("dog/a.txt", "a dog")
                        .png("emu/a.png", 0))),
        arguments(
            "found 1 that it cannot: dog/a?b.png: expected a PNG or JPEG picture, found an empty",
            maker(t -> t.png("cat/a.png", 0).text("dog/a\nb.png", "").png("emu/a.png", 0))));
  }

  private static UnaryOperator<PictureTree> maker(UnaryOperator<PictureTree> maker) {
    return maker;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfit")
  void thatIsNotOneOfClassesIsRefused(String problem, UnaryOperator<PictureTree> maker) {
    PictureTree tree = maker.apply(tree("unfit"));
    assertThatThrownBy(() -> read(tree))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(tree.folder() + ": ")
        .hasMessageContaining(problem.equals("nothing") ? "there are 0 files" : problem);
  }

  @Test
  void withBadPicturesIsRefusedAndTheFirstFewAreNamed() {
    PictureTree tree = animals("bad");
    IntStream.range(100, 107).forEach(i -> tree.text("dog/%d.png".formatted(i), "no picture"));
    assertThatThrownBy(() -> read(tree))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(
            tree.folder()
                + ": expected 273 pictures that the network can look at, found 7 that it cannot:"
                + " dog/100.png: expected a PNG or JPEG picture, found something else; dog/101.png")
        .hasMessageContaining("dog/104.png")
        .hasMessageEndingWith("; and 2 more");
  }

  @Test
  void withALinkToNothingIsRefusedAndItIsNamed() throws IOException {
    PictureTree tree = animals("linked");
    Path link = tree.folder().resolve("dog/gone.png");
    Files.createSymbolicLink(link, tree.folder().resolve("none"));

    assertThatThrownBy(() -> read(tree))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(
            tree.folder()
                + ": expected 274 pictures that the network can look at, found 1 that it cannot:"
                + " dog/gone.png: ");
  }

  @Test
  void withDamagedPicturesLeavesNothingAndTheFirstFewAreNamed() {
    PictureTree tree = animals("damaged");
    byte[] damaged = damaged(tree);
    IntStream.of(0, 260).forEach(i -> tree.bytes("dog/%03d.png".formatted(i), damaged));
    ImageSource source = read(tree);

    assertThatThrownBy(() -> blocks(source))
        .isInstanceOf(ImageFileException.class)
        .hasMessageStartingWith(
            tree.folder()
                + ": expected 273 pictures that the network can look at, found 2 that it cannot:"
                + " dog/000.png: is damaged: ")
        .hasMessageContaining("; dog/260.png: is damaged: ");
    assertThat(folder.resolve("out/images")).isEmptyDirectory();
  }

  /** A picture whose header fits and whose rows are missing. */
  private static byte[] damaged(PictureTree tree) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 25 + 12);
    bytes.putLong(0x89504e470d0a1a0aL);
    bytes.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    bytes.putInt(tree.width()).putInt(tree.height()).put(new byte[] {8, 2, 0, 0, 0});
    checksum(bytes, 12, 17);
    bytes.putInt(0).put("IEND".getBytes(StandardCharsets.US_ASCII));
    checksum(bytes, 37, 4);
    return bytes.array();
  }

  private static void checksum(ByteBuffer bytes, int first, int count) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.slice(first, count));
    bytes.putInt((int) checksum.getValue());
  }

  @Test
  void whoseFilesChangeInBetweenIsRefused() {
    PictureTree tree = animals("changing");
    ImageSource source = read(tree);
    tree.png("dog/003.png", 99);
    assertThatThrownBy(() -> blocks(source))
        .isInstanceOf(ImageFileException.class)
        .hasMessageContaining("dog/003.png: changed since the run began: expected sha256 ");
  }
}
