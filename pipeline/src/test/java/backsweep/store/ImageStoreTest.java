package backsweep.store;

import static backsweep.testing.RandomBlocks.distributed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import backsweep.images.Role;
import backsweep.testing.LocalSpark;
import backsweep.testing.RandomBlocks;
import backsweep.testing.RemoteFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageStoreTest {

  private static final ImageShape SHAPE = new ImageShape(16, 17, 3);
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);

  @TempDir private Path output;

  @Test
  void whatIsPutIsFoundAndReadAsItWas() throws IOException {
    List<ImageBlock> blocks = blocks(600, PixelEncoding.UINT8);
    ImageSet set = set(ONE, 600);
    ImageStore store = store(0);
    assertThat(store.find(set)).isEmpty();

    ImportedImages put = store.put(set, distributed(blocks, 2));

    assertThat(put.set()).isEqualTo(set);
    assertThat(put.contentSha256()).matches("[0-9a-f]{64}");
    assertThat(store.find(set)).contains(put);
    assertThat(store(3).find(set)).contains(put);
    assertThat(store.find(set(TWO, 600))).isEmpty();
    assertThat(sorted(store.blocks(put).collect().stream())).isEqualTo(blocks);
    assertThat(store.block(put, 1).collect()).containsExactly(blocks.get(1));
    assertThat(folders()).containsExactly(ONE);
  }

  @Test
  void trueLabelsAreKeptAndPartOfTheContent() {
    List<ImageBlock> blocks = blocks(300, PixelEncoding.UINT8);
    List<ImageBlock> known = blocks.stream().map(ImageStoreTest::withTrueLabels).toList();
    ImportedImages plain = store(0).put(set(ONE, 300), distributed(blocks, 1));

    ImportedImages put = store(0).put(set(TWO, 300), distributed(known, 1));

    assertThat(put.hasTrueLabels()).isTrue();
    assertThat(plain.hasTrueLabels()).isFalse();
    assertThat(put.contentSha256()).isNotEqualTo(plain.contentSha256());
    assertThat(store(0).find(set(TWO, 300))).contains(put);
    assertThat(sorted(store(0).blocks(put).collect().stream())).isEqualTo(known);
  }

  private static ImageBlock withTrueLabels(ImageBlock block) {
    int[] shown = block.labels();
    Arrays.setAll(shown, i -> i % 7);
    return new ImageBlock(block.index(), block.pixels(), block.labels(), shown);
  }

  /** Before there were true labels there was no column for them, and nothing in the manifest. */
  @Test
  void blocksFromBeforeThereWereTrueLabelsAreRead() throws IOException {
    List<ImageBlock> blocks = blocks(300, PixelEncoding.UINT8);
    ImportedImages put = store(0).put(set(ONE, 300), distributed(blocks, 1));
    Path folder = output.resolve("images").resolve(ONE);
    String manifest = Files.readString(folder.resolve("_manifest.json"));
    assertThat(manifest).doesNotContain("rue");
    Path old = output.resolve("old");
    LocalSpark.session()
        .read()
        .parquet(folder.toString())
        .drop("true_labels")
        .write()
        .parquet(old.toString());
    replaceFiles(folder, old, manifest);

    ImageStore store = store(0);

    assertThat(store.find(set(ONE, 300))).contains(put);
    assertThat(sorted(store.blocks(put).collect().stream())).isEqualTo(blocks);
  }

  /** Puts other files in a folder and their hashes in its manifest. */
  private static void replaceFiles(Path folder, Path by, String manifest) throws IOException {
    FileUtils.cleanDirectory(folder.toFile());
    FileUtils.copyDirectory(by.toFile(), folder.toFile());
    ImageManifest old = ImageManifest.parse(manifest).orElseThrow();
    List<BlockFile> files = new ArrayList<>();
    try (Stream<Path> names = Files.list(folder)) {
      for (Path name : names.filter(n -> BlockFile.isName(n.getFileName().toString())).toList()) {
        files.add(
            BlockFile.read(new Configuration(), folder.toString(), name.getFileName().toString()));
      }
    }
    Files.writeString(
        folder.resolve("_manifest.json"),
        new ImageManifest(old.images(), old.blocks(), old.contentSha256(), files, null).json());
  }

  @Test
  void oneFileInTwoRolesIsKeptOnce() throws IOException {
    List<ImageBlock> blocks = blocks(300, PixelEncoding.FLOAT32);
    ImageStore store = store(0);
    store.put(set(ONE, 300), distributed(blocks, 1));
    ImageSet test = new ImageSet(ImageSet.CLEAN_TEST, Role.CLEAN_TEST, ONE, 300, SHAPE);

    assertThat(store.find(test)).isPresent();
    assertThat(sorted(store.blocks(store.find(test).orElseThrow()).collect().stream()))
        .isEqualTo(blocks);
    assertThat(folders()).containsExactly(ONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 256, 289, 1792, 2560, 7000})
  void setIsReadInSoManyPartitionsAsFarAsItHasBlocks(int images) {
    List<ImageBlock> blocks = blocks(images, PixelEncoding.UINT8);
    int filesOfEightBlocks = 1 + (blocks.size() - 1) / 8;
    ImportedImages put = store(0).put(set(ONE, images), distributed(blocks, filesOfEightBlocks));
    for (int partitions : new int[] {1, 2, 7}) {
      JavaRDD<ImageBlock> read = store(partitions).blocks(put);
      List<List<ImageBlock>> parts =
          read.glom().collect().stream().filter(part -> !part.isEmpty()).toList();
      int expected = Math.min(partitions, blocks.size());

      assertThat(parts)
          .as("%d partitions", partitions)
          .hasSizeBetween(expected, expected + filesOfEightBlocks - 1);
      assertThat(sorted(parts.stream().flatMap(List::stream))).isEqualTo(blocks);
    }
  }

  @Test
  void sameImagesByAnotherFileHaveTheSameContentHash() {
    List<ImageBlock> blocks = blocks(300, PixelEncoding.UINT8);
    ImportedImages one = store(0).put(set(ONE, 300), distributed(blocks, 1));
    ImportedImages other = store(0).put(set(TWO, 300), distributed(blocks, 2));

    assertThat(other.contentSha256()).isEqualTo(one.contentSha256());
  }

  @Test
  void otherLabelsOrPixelsHaveAnotherContentHash() {
    List<ImageBlock> blocks = blocks(300, PixelEncoding.UINT8);
    ImageBlock first = blocks.get(0);
    int[] labels = first.labels();
    labels[255]++;
    byte[] bytes = first.pixels().bytes();
    bytes[0]++;
    ImageBlock relabelled = new ImageBlock(0, first.pixels(), labels);
    ImageBlock repainted =
        new ImageBlock(0, new Pixels(SHAPE, PixelEncoding.UINT8, bytes), first.labels());

    assertThat(
            Stream.of(first, relabelled, repainted)
                .map(block -> contentSha256(block, blocks.get(1)))
                .toList())
        .doesNotHaveDuplicates();
  }

  private String contentSha256(ImageBlock first, ImageBlock second) {
    ImageStore store =
        new ImageStore(LocalSpark.session(), output + "/" + new Random().nextInt(), 0);
    return store.put(set(ONE, 300), distributed(List.of(first, second), 1)).contentSha256();
  }

  @Test
  void importThatFailsLeavesNothing() throws IOException {
    JavaRDD<ImageBlock> failing =
        distributed(blocks(600, PixelEncoding.UINT8), 3)
            .map(
                block -> {
                  if (block.index() == 2) {
                    throw new IllegalStateException("pixel 7 is no number");
                  }
                  return block;
                });
    ImageStore store = store(0);

    assertThatThrownBy(() -> store.put(set(ONE, 600), failing))
        .hasStackTraceContaining("pixel 7 is no number");
    assertThat(folders()).isEmpty();
    assertThat(store.find(set(ONE, 600))).isEmpty();
  }

  @Test
  void blocksThatAreNotThoseOfTheSetAreRefused() throws IOException {
    List<ImageBlock> blocks = blocks(600, PixelEncoding.UINT8);
    ImageStore store = store(0);

    assertThatThrownBy(() -> store.put(set(ONE, 600), distributed(blocks.subList(0, 2), 1)))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageEndingWith(": expected blocks 0 to 2, each once, found no block 2");
    assertThatThrownBy(() -> store.put(set(ONE, 600), distributed(blocks.subList(1, 3), 1)))
        .hasMessageEndingWith("found no block 0");
    List<ImageBlock> twice = new ArrayList<>(blocks.subList(0, 2));
    twice.add(blocks.get(1));
    assertThatThrownBy(() -> store.put(set(ONE, 600), distributed(twice, 1)))
        .hasMessageEndingWith("found no block 2");
    assertThatThrownBy(() -> store.put(set(ONE, 300), distributed(blocks, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(": expected 2 blocks, found 3");
    assertThat(folders()).isEmpty();
  }

  @Test
  void secondImportOfAFileTakesThePlaceOfTheFirst() throws IOException {
    List<ImageBlock> blocks = blocks(300, PixelEncoding.UINT8);
    ImportedImages first = store(0).put(set(ONE, 300), distributed(blocks, 1));

    assertThat(store(0).put(set(ONE, 300), distributed(blocks, 2))).isEqualTo(first);
    assertThat(store(0).find(set(ONE, 300))).contains(first);
    assertThat(sorted(store(0).blocks(first).collect().stream())).isEqualTo(blocks);
    assertThat(folders()).containsExactly(ONE);
  }

  @Test
  void manifestAppearsLastAlsoWhereFoldersAreRenamedFileByFile() {
    RemoteFileSystem.addTo(LocalSpark.session().sparkContext().hadoopConfiguration());
    List<ImageBlock> blocks = blocks(600, PixelEncoding.UINT8);
    ImageStore remote = new ImageStore(LocalSpark.session(), "remote:" + output, 0);

    ImportedImages put = remote.put(set(ONE, 600), distributed(blocks, 3));

    Path folder = output.resolve("images").resolve(ONE);
    assertThat(RemoteFileSystem.appeared())
        .filteredOn(path -> path.startsWith(folder + "/") && Files.exists(Path.of(path)))
        .hasSizeGreaterThan(3)
        .last()
        .isEqualTo(folder + "/_manifest.json");
    assertThat(store(0).find(put.set())).contains(put);
  }

  @Test
  void whatAKilledRunLeftIsRemoved() throws IOException {
    ImageStore store = store(0);
    store.removeUnfinished();
    ImportedImages put = store.put(set(ONE, 300), distributed(blocks(300, PixelEncoding.UINT8), 1));
    Files.createDirectories(output.resolve("images/unfinished-1/_temporary/0"));
    Files.writeString(output.resolve("images/unfinished-1/part-00000"), "half");

    store.removeUnfinished();

    assertThat(folders()).containsExactly(ONE);
    assertThat(store(0).find(put.set())).contains(put);
  }

  private ImageStore store(int partitions) {
    return new ImageStore(LocalSpark.session(), output.toString(), partitions);
  }

  private List<String> folders() throws IOException {
    Path images = output.resolve("images");
    if (!Files.exists(images)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(images)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static List<ImageBlock> sorted(Stream<ImageBlock> blocks) {
    return blocks.sorted(Comparator.comparing(ImageBlock::index)).toList();
  }

  private static ImageSet set(String sha256, int images) {
    return new ImageSet(ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, sha256, images, SHAPE);
  }

  private static List<ImageBlock> blocks(int images, PixelEncoding encoding) {
    return RandomBlocks.of(images, SHAPE, encoding);
  }
}
