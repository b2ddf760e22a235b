package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.FileHash;
import backsweep.testing.RemoteFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedFilesTest {

  @TempDir private Path folder;

  private final SharedFiles files = new SharedFiles(RemoteFileSystem.configuration());

  @ParameterizedTest
  @ValueSource(strings = {"%s", "file:%s", "file://%s", "remote:%s"})
  void fileIsPublishedWithItsFolders(String form) throws IOException {
    String target = form.formatted(folder.resolve("new folder/a b 100%.txt"));

    files.publish(target, local -> write(local, "content"));

    assertThat(files.read(target)).isEqualTo("content");
    assertThat(files.exists(target)).isTrue();
    assertThat(tree()).containsExactly("new folder", "new folder/a b 100%.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "remote:%s"})
  void folderIsPublishedAsAWhole(String form) throws IOException {
    files.publish(
        form.formatted(folder.resolve("model")),
        local -> {
          write(local.resolve("variables/a"), "1");
          return write(local.resolve("graph"), "2");
        });

    assertThat(tree())
        .containsExactly("model", "model/graph", "model/variables", "model/variables/a");
    assertThat(folder.resolve("model/variables/a")).hasContent("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "remote:%s"})
  void folderThatHoldsMoreIsNotTheSame(String form) throws IOException {
    String target = form.formatted(folder.resolve("model"));
    write(folder.resolve("model/a"), "1");
    write(folder.resolve("model/more/b"), "2");

    String kept =
        files.publishBeside(
            place -> target + "-".repeat(place), local -> write(local.resolve("a"), "1"));

    assertThat(kept).isEqualTo(target + "-");
    assertThat(files.publishBeside(place -> kept, local -> write(local.resolve("a"), "1")))
        .isEqualTo(kept);
    assertThat(tree())
        .containsExactly("model", "model-", "model-/a", "model/a", "model/more", "model/more/b");
  }

  @Test
  void writerThatFailsLeavesNothing() throws IOException {
    String target = folder.resolve("file").toString();

    assertThatThrownBy(
            () ->
                files.publish(
                    target,
                    local -> {
                      write(local, "half");
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(tree()).isEmpty();
  }

  @Test
  void copyThatFailsLeavesNothing() throws IOException {
    String target = "remote:" + folder.resolve("model");

    assertThatThrownBy(
            () ->
                files.publish(
                    target,
                    local -> {
                      write(local.resolve("a"), "1");
                      return write(local.resolve(RemoteFileSystem.REFUSED), "2");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(target + ": no space left");
    assertThat(tree()).isEmpty();
  }

  @Test
  void writerOfNothingIsAnError() throws IOException {
    String target = folder.resolve("file").toString();

    assertThatThrownBy(() -> files.publish(target, local -> local))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(target + ": ");
    assertThat(tree()).isEmpty();
  }

  @Test
  void existingFileIsKept() throws IOException {
    String target = folder.resolve("file").toString();
    files.write(target, "first");
    files.write(target, "second");

    assertThat(files.read(target)).isEqualTo("first");
    assertThat(tree()).containsExactly("file");
  }

  @Test
  void existingFolderIsKeptByRename() throws IOException {
    write(folder.resolve("kept/a"), "first");
    write(folder.resolve("new/a"), "second");

    files.rename(folder.resolve("new").toString(), folder.resolve("kept").toString());

    assertThat(tree()).containsExactly("kept", "kept/a");
    assertThat(folder.resolve("kept/a")).hasContent("first");
  }

  @Test
  void renameOfNothingIsAnError() {
    String from = folder.resolve("missing").toString();
    String target = folder.resolve("target").toString();

    assertThatThrownBy(() -> files.rename(from, target))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(target + ": ");
  }

  @Test
  void relativePathIsBelowTheWorkingDirectory() throws IOException {
    String name = "target/shared-files-" + UUID.randomUUID();
    try {
      files.write(name + "/a", "content");

      assertThat(Path.of(name, "a")).hasContent("content");
      assertThat(files.qualified(name)).isEqualTo("file:" + Path.of(name).toAbsolutePath());
    } finally {
      files.delete(name);
    }
    assertThat(Path.of(name)).doesNotExist();
  }

  @Test
  void relativeFileWithoutAFolderIsPublished() {
    String name = "shared-files-" + UUID.randomUUID();
    try {
      files.write(name, "content");

      assertThat(Path.of(name)).hasContent("content");
    } finally {
      files.delete(name);
    }
  }

  @Test
  void namesOfAFolderAreSorted() throws IOException {
    write(folder.resolve("b"), "");
    write(folder.resolve("a c"), "");

    assertThat(files.list(folder.toString())).containsExactly("a c", "b");
    assertThat(files.list(folder.resolve("missing").toString())).isEmpty();
  }

  @Test
  void whatWasNotPublishedToTheEndIsRemoved() throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(folder + "/net.h5");
    write(Path.of(Publisher.unfinished(target).toString()), "half");
    write(folder.resolve("net.h5"), "whole");
    write(folder.resolve(".net.h5.crc"), "of Hadoop");
    write(folder.resolve(".mine-2024"), "of somebody else");

    files.removeUnfinished(folder.toString());
    files.removeUnfinished(folder.resolve("missing").toString());

    assertThat(tree()).containsExactly(".mine-2024", ".net.h5.crc", "net.h5");
  }

  @Test
  void aFileIsReplacedUnlessItIsTheSame() throws IOException {
    Path page = folder.resolve("page.html");
    FileTime old = FileTime.from(Instant.parse("2026-01-02T12:00:00Z"));

    files.replace(page.toString(), "one".getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(page, old);
    files.replace(page.toString(), "one".getBytes(StandardCharsets.UTF_8));

    assertThat(read(page)).isEqualTo("one");
    assertThat(Files.getLastModifiedTime(page)).isEqualTo(old);

    files.replace(page.toString(), "two".getBytes(StandardCharsets.UTF_8));

    assertThat(read(page)).isEqualTo("two");
    assertThat(tree()).containsExactly("page.html");
  }

  @Test
  void writableFolderIsMadeAndLeftEmpty() throws IOException {
    files.requireWritable(folder.resolve("a/b c").toString());

    assertThat(tree()).containsExactly("a", "a/b c");
  }

  @Test
  void folderBelowAFileIsNotWritable() throws IOException {
    write(folder.resolve("file"), "content");
    String below = folder.resolve("file/out").toString();

    assertThatThrownBy(() -> files.requireWritable(below))
        .isInstanceOf(UnwritableOutputException.class)
        .hasMessageStartingWith(below + ": ");
    assertThatThrownBy(() -> files.requireWritable(folder.resolve("file").toString()))
        .isInstanceOf(UnwritableOutputException.class);
    assertThat(folder.resolve("file")).hasContent("content");
  }

  @Test
  void folderThatRefusesFilesIsNotWritable() {
    String refused = "remote:" + folder.resolve(RemoteFileSystem.REFUSED);

    assertThatThrownBy(() -> files.requireWritable(refused))
        .isInstanceOf(UnwritableOutputException.class)
        .hasMessageStartingWith(refused + ": ")
        .hasMessageEndingWith("found: no space left");
  }

  @Test
  void localFileIsUsedAsItIsAndAnotherAsACopyThatIsDeleted() {
    Path file = write(folder.resolve("a b"), "content");

    assertThat(files.<Path>withLocal(file.toString(), local -> local)).isEqualTo(file);
    assertThat(files.<Path>withLocal("file:" + file, local -> local)).isEqualTo(file);
    Path copy =
        files.withLocal(
            "remote:" + file,
            local -> {
              assertThat(local).hasContent("content").hasFileName("a b");
              return local;
            });
    assertThat(copy).isNotEqualTo(file).doesNotExist();
    assertThat(file).exists();
  }

  @Test
  void companionIsThereBesideTheFile() {
    Path file = write(folder.resolve("a"), "1");
    String other = "remote:" + write(folder.resolve("b"), "2");

    List<String> both =
        files.withLocal(
            file.toString(), Optional.of(other), (a, b) -> List.of(read(a), read(b.orElseThrow())));
    boolean alone = files.withLocal(file.toString(), Optional.empty(), (a, b) -> b.isEmpty());

    assertThat(both).containsExactly("1", "2");
    assertThat(alone).isTrue();
  }

  @Test
  void missingFileSaysWhichOne() {
    String missing = "remote:" + folder.resolve("missing.h5");

    assertThat(files.exists(missing)).isFalse();
    assertThatThrownBy(() -> files.withLocal(missing, local -> local))
        .isInstanceOf(MissingFileException.class)
        .hasMessage(missing + ": expected a file, found no such file");
    assertThatThrownBy(() -> files.read(missing)).isInstanceOf(MissingFileException.class);
    assertThatThrownBy(() -> files.withLocal(folder.toString(), local -> local))
        .isInstanceOf(MissingFileException.class)
        .hasMessage(folder + ": expected a file, found a directory");
  }

  /** Who reads a pipe waits for whoever writes to it. */
  @Test
  void pipesAreNoEntries() throws Exception {
    write(folder.resolve("a"), "content");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(files.entries(folder.toString())).containsExactly(new FolderEntry("a", false));
  }

  @Test
  void failureOnACopyNamesTheFileItIsACopyOf() {
    String path = "remote:" + write(folder.resolve("a"), "content");

    assertThatThrownBy(
            () ->
                files.withLocal(
                    path,
                    local -> {
                      throw new IllegalStateException(local + ": broken");
                    }))
        .extracting(CopiedFrom::message)
        .isEqualTo(path + ": broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b.h5", "nowhere:/a"})
  void whatIsNoPathIsRefused(String path) {
    assertThatThrownBy(() -> files.exists(path))
        .isInstanceOf(BadPathException.class)
        .hasMessageStartingWith("\"" + path + "\": expected a path");
  }

  @Test
  void onlyAnEmptyFolderIsDeletedAsEmpty() throws IOException {
    write(folder.resolve("full/a"), "");
    Files.createDirectories(folder.resolve("empty"));

    files.deleteEmpty(folder.resolve("full").toString());
    files.deleteEmpty(folder.resolve("empty").toString());
    files.deleteEmpty(folder.resolve("missing").toString());

    assertThat(tree()).containsExactly("full", "full/a");
  }

  @Test
  void executorsUseALocalFileAsItIsAndOneCopyOfAnother() {
    Configuration configuration = RemoteFileSystem.configuration();
    Path file = write(folder.resolve("images.h5"), "content " + UUID.randomUUID());
    String hash = FileHash.sha256(file);

    assertThat(LocalCopies.of(configuration, file.toString(), hash)).isEqualTo(file);
    Path copy = LocalCopies.of(configuration, "remote:" + file, hash);
    assertThat(copy).isNotEqualTo(file).hasSameTextualContentAs(file).hasFileName("images.h5");
    assertThat(LocalCopies.of(configuration, "remote:" + file, hash)).isEqualTo(copy);
  }

  @Test
  void executorsRefuseAFileThatChangedSinceTheRunBegan() {
    Path file = write(folder.resolve("images.h5"), "content");
    String hash = "0".repeat(64);

    assertThatThrownBy(
            () -> LocalCopies.of(RemoteFileSystem.configuration(), "remote:" + file, hash))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("remote:" + file)
        .hasMessageContaining("changed since the run began: expected sha256 " + hash);
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static Path write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
