package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Role;
import backsweep.testing.LocalSpark;
import backsweep.testing.Logged;
import backsweep.testing.RandomBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the files of a set between two runs, its blocks are not used as they are. */
class DamagedBlocksTest {

  private static final ImageShape SHAPE = new ImageShape(4, 5, 3);
  private static final ImageSet SET =
      new ImageSet(ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, "1".repeat(64), 600, SHAPE);

  @TempDir private Path output;

  private final List<ImageBlock> blocks = RandomBlocks.of(600, SHAPE, PixelEncoding.UINT8);
  private ImportedImages put;
  private Path folder;

  @BeforeEach
  void put() {
    put = store().put(SET, RandomBlocks.distributed(blocks, 2));
    folder = output.resolve("images").resolve(SET.sha256());
  }

  private ImageStore store() {
    return new ImageStore(LocalSpark.session(), output.toString(), 0);
  }

  private Path part(int place) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList()
          .get(place);
    }
  }

  private void assertDamaged(String... message) {
    try (Logged logged = Logged.byAll()) {
      assertThat(store().find(SET)).isEmpty();
      assertThat(logged.lines()).singleElement().asString().contains(message);
    }
  }

  @Test
  void wholeOnesAreFoundWithoutAWord() {
    try (Logged logged = Logged.byAll()) {
      assertThat(store().find(SET)).contains(put);
      assertThat(logged.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void deletedFileIsNamed(int place) throws IOException {
    Path part = part(place);
    Files.delete(part);
    assertDamaged(part + ": expected a file, found none");
  }

  @Test
  void anotherImportPutsThingsRight() throws IOException {
    Files.delete(part(0));
    Files.writeString(folder.resolve("part-99999.snappy.parquet"), "added");
    assertThat(store().find(SET)).isEmpty();

    ImportedImages again = store().put(SET, RandomBlocks.distributed(blocks, 2));
    assertThat(again).isEqualTo(put);
    assertThat(store().find(SET)).contains(put);
    assertThat(
            store().blocks(again).collect().stream()
                .sorted(Comparator.comparing(ImageBlock::index)))
        .containsExactlyElementsOf(blocks);
  }

  @Test
  void truncatedFileIsNamedWithItsSizes() throws IOException {
    Path part = part(1);
    byte[] whole = Files.readAllBytes(part);
    replace(part, Arrays.copyOf(whole, whole.length - 7));
    assertDamaged(
        part + ": expected " + whole.length + " bytes with sha256 ",
        "found " + (whole.length - 7) + " bytes with sha256 ");
  }

  @Test
  void alteredFileIsNamedWithItsHashes() throws IOException {
    Path part = part(0);
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    replace(part, bytes);
    assertDamaged(part + ": expected " + bytes.length + " bytes with sha256 ", ", found ");
  }

  @Test
  void fileThatItsChecksumContradictsIsNamed() throws IOException {
    Path part = part(0);
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    assertDamaged(part + ": expected ", "found a file that cannot be read: ", "Checksum error");
  }

  /** Other bytes, and no checksum beside them. */
  private void replace(Path part, byte[] bytes) throws IOException {
    Files.deleteIfExists(folder.resolve("." + part.getFileName() + ".crc"));
    Files.write(part, bytes);
  }

  @Test
  void addedFileIsNamed() throws IOException {
    Path added = folder.resolve("part-99999.snappy.parquet");
    Files.copy(part(0), added);
    assertDamaged(added + ": expected nothing of this name, found something");
  }

  @Test
  void addedFolderIsNamed() throws IOException {
    Path added = Files.createDirectories(folder.resolve("block=7"));
    Files.copy(part(0), added.resolve("part-0.parquet"));
    assertDamaged(added + ": expected nothing of this name, found something");
  }

  @Test
  void folderInThePlaceOfAFileIsNamed() throws IOException {
    Path part = part(0);
    Files.delete(part);
    Files.createDirectory(part);
    assertDamaged(part + ": expected ", "found a file that cannot be read");
  }

  @Test
  void missingManifestIsNamed() throws IOException {
    Files.delete(folder.resolve("_manifest.json"));
    assertDamaged(folder + "/_manifest.json: expected a file, found no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "null",
        "[]",
        "{}",
        "{\"images\":600,\"blocks\":3,\"contentSha256\":\"%s\"}",
        "{\"images\":600,\"blocks\":3,\"contentSha256\":\"%s\",\"files\":null}",
        "{\"images\":600,\"blocks\":3,\"contentSha256\":null,\"files\":[]}",
        "{\"images\":600,\"blocks\":3,\"contentSha256\":\"%s\",\"files\":[null]}",
        "{\"images\":600,\"blocks\":3,\"contentSha256\":\"%s\",\"files\":[],\"more\":1}",
        "{\"images\":600,\"blocks\":3,\"contentSha256\":\"%s\",\"files\":[{\"name\":\"a:b\"}]}"
      })
  void manifestOfAnotherMakeIsNamed(String text) throws IOException {
    manifest(text.formatted("1".repeat(64)));
    assertDamaged(folder + "/_manifest.json: expected a manifest with hashes, found another text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          part-    | ../part- | expected a manifest with hashes
          part-    | /part-   | expected a manifest with hashes
          part-    | a:part-  | expected a manifest with hashes
          part-000 | part-9   | expected a file, found none
          "bytes": | "bytes":-| expected a manifest with hashes
          "bytes": | "bytes":1| expected 1
          600      | 601      | expected 600 images in 3 blocks, found 601 in 3
          600      | 6e999    | expected a manifest with hashes
          600      | null     | expected a manifest with hashes
          """)
  void manifestThatSaysAnotherThingIsNamed(String text, String by, String message)
      throws IOException {
    String manifest = Files.readString(folder.resolve("_manifest.json"));
    assertThat(manifest).contains(text);
    manifest(manifest.replace(text, by));
    assertDamaged(message);
  }

  @Test
  void manifestWithoutFilesIsNamed() throws IOException {
    String manifest = Files.readString(folder.resolve("_manifest.json"));
    manifest(manifest.replaceAll("\\[.*]", "[]"));
    assertDamaged("expected every file of blocks, once, found []");
  }

  private void manifest(String text) throws IOException {
    Files.writeString(folder.resolve("_manifest.json"), text);
  }

  @Test
  void aStoreLooksOnce() throws IOException {
    ImageStore store = store();
    assertThat(store.find(SET)).contains(put);
    Files.delete(part(0));
    assertThat(store.find(SET)).contains(put);
    assertThat(store().find(SET)).isEmpty();
  }
}
