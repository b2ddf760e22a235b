package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.FileHash;
import backsweep.images.Hdf5Images;
import backsweep.images.ImageBlock;
import backsweep.images.ImageFileException;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.testing.LocalSpark;
import backsweep.testing.RandomBlocks;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportImagesTest {

  @TempDir private Path folder;

  @Test
  void sameImagesStoredInAnotherWayHaveTheSameContentHash() {
    List<ImportedImages> imported =
        Stream.of("type_u1", "type_f4", "type_f8_big_endian", "gzip_shuffle_fletcher32")
            .map(name -> execute(resource(name)))
            .toList();

    assertThat(imported).extracting(set -> set.set().sha256()).doesNotHaveDuplicates();
    assertThat(imported)
        .extracting(ImportedImages::contentSha256)
        .containsOnly(imported.get(0).contentSha256());
  }

  @Test
  void blocksAreThoseOfTheFile() {
    ImageSource source = resource("two_blocks");
    List<ImageBlock> blocks = store().blocks(execute(source)).collect();

    try (Hdf5Images images = Hdf5Images.open(Path.of(source.path()))) {
      assertThat(blocks).containsExactlyInAnyOrder(images.block(0), images.block(1));
    }
  }

  @Test
  void importedFileIsNotReadAgain() throws IOException {
    Path file = write("images.h5", 3);
    ImageSource source = source(file);
    ImportedImages first = execute(source);
    Files.delete(file);

    assertThat(execute(source)).isEqualTo(first);
  }

  @Test
  void fileWhoseBlocksWereDamagedIsReadAgain() throws IOException {
    ImageSource source = resource("two_blocks");
    ImportedImages first = execute(source);
    List<ImageBlock> blocks = store().blocks(first).collect();
    Path folderOfBlocks = folder.resolve("out/images").resolve(source.set().sha256());
    try (Stream<Path> files = Files.list(folderOfBlocks)) {
      for (Path part : files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        Files.delete(part);
      }
    }

    assertThat(execute(source)).isEqualTo(first);
    assertThat(store().blocks(first).collect()).containsExactlyInAnyOrderElementsOf(blocks);
  }

  @Test
  void blocksKeepTrueLabels() {
    ImageSource source = source(writeTrueLabels());

    assertThat(execute(source).hasTrueLabels()).isTrue();
    assertThat(store().blocks(execute(source)).first().trueLabels().orElseThrow())
        .containsExactly(2, 1, 0);
  }

  @Test
  void blocksFromBeforeThereWereTrueLabelsAreReadAgain() {
    ImageSource source = source(writeTrueLabels());
    ImageBlock before =
        new ImageBlock(0, store().blocks(execute(source)).first().pixels(), new int[] {0, 1, 2});
    store().put(source.set(), RandomBlocks.distributed(List.of(before), 1));
    assertThat(store().find(source.set()).orElseThrow().hasTrueLabels()).isFalse();

    assertThat(execute(source).hasTrueLabels()).isTrue();
    assertThat(store().blocks(execute(source)).first().trueLabels()).isPresent();
  }

  private Path writeTrueLabels() {
    Path file = folder.resolve("poisoned.h5");
    try (WritableHdfFile writable = HdfFile.write(file)) {
      writable.putDataset("data", new double[3][2][4][5]);
      writable.putDataset("label", new int[] {0, 1, 2});
      writable.putDataset("true_label", new int[] {2, 1, 0});
    }
    return file;
  }

  @Test
  void whatAKilledRunLeftIsGone() throws IOException {
    Files.createDirectories(folder.resolve("out/images/unfinished-1/_temporary"));
    execute(resource("two_blocks"));

    assertThat(folder.resolve("out/images/unfinished-1")).doesNotExist();
  }

  @Test
  void fileWithAValueThatIsNoPixelLeavesNothing() {
    ImageSource source = source(write("images.h5", Double.NaN));

    assertThatThrownBy(() -> execute(source))
        .isInstanceOf(ImageFileException.class)
        .hasMessageEndingWith("found NaN at image 2, channel 1, row 3, column 4");
    assertThat(folder.resolve("out/images")).isEmptyDirectory();
  }

  private ImageStore store() {
    return new ImageStore(LocalSpark.session(), folder.resolve("out").toString(), 2);
  }

  private ImportedImages execute(ImageSource source) {
    return new ImportImages(LocalSpark.session(), store()).execute(source);
  }

  private Path write(String name, double value) {
    double[][][][] data = new double[3][2][4][5];
    data[2][1][3][4] = value;
    Path file = folder.resolve(name);
    try (WritableHdfFile writable = HdfFile.write(file)) {
      writable.putDataset("data", data);
      writable.putDataset("label", new int[] {0, 1, 2});
    }
    return file;
  }

  private static ImageSource resource(String name) {
    return source(
        Path.of(
            URI.create(ImportImagesTest.class.getResource("/images/" + name + ".h5").toString())));
  }

  private static ImageSource source(Path file) {
    try (Hdf5Images images = Hdf5Images.open(file)) {
      return new ImageSource(
          new ImageSet(
              ImageSet.CLEAN_VALIDATION,
              Role.CLEAN_VALIDATION,
              FileHash.sha256(file),
              images.images(),
              images.shape()),
          file.toString(),
          images.trueLabels().isPresent());
    }
  }
}
