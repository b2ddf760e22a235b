package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListingTest {

  private static final int FILES = 1_000;

  @TempDir private Path folder;

  /** A file system {@code paged:} that never has a whole folder in memory. */
  public static final class PagedFileSystem extends FilterFileSystem {

    /** The file system, made by Hadoop. */
    public PagedFileSystem() {
      super(new Disk());
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) {
      throw new UnsupportedOperationException("all of " + path + " at once");
    }

    @Override
    public RemoteIterator<FileStatus> listStatusIterator(org.apache.hadoop.fs.Path path)
        throws IOException {
      List<FileStatus> left = new ArrayList<>(Arrays.asList(fs.listStatus(path)));
      return new RemoteIterator<>() {
        @Override
        public boolean hasNext() {
          return !left.isEmpty();
        }

        @Override
        public FileStatus next() {
          return left.remove(left.size() - 1);
        }
      };
    }

    private static final class Disk extends RawLocalFileSystem {
      @Override
      public URI getUri() {
        return URI.create("paged:///");
      }
    }
  }

  private SharedFiles files() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.paged.impl", PagedFileSystem.class, FileSystem.class);
    return new SharedFiles(configuration);
  }

  private List<FolderEntry> fill() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.createFile(folder.resolve("f%06d".formatted(i)));
    }
    Files.createDirectories(folder.resolve("sub/below"));
    List<FolderEntry> expected =
        new ArrayList<>(
            IntStream.range(0, FILES)
                .mapToObj(i -> new FolderEntry("f%06d".formatted(i), false))
                .toList());
    expected.add(new FolderEntry("sub", true));
    return expected;
  }

  @Test
  void ofALocalFolderIsByName() throws IOException {
    List<FolderEntry> expected = fill();

    assertThat(files().entries(folder.toString())).isEqualTo(expected);
    assertThat(files().entries(folder.toUri().toString())).isEqualTo(expected);
  }

  @Test
  void ofAnotherFileSystemIsReadEntryByEntry() throws IOException {
    List<FolderEntry> expected = fill();

    assertThat(files().entries("paged://" + folder)).isEqualTo(expected);
  }

  @Test
  void hasFilesFoldersAndBrokenLinksOnlyAndFollowsLinks() throws IOException {
    Files.createFile(folder.resolve("a file: 100 %.png"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("a file: 100 %.png"));
    Files.createSymbolicLink(folder.resolve("link to a folder"), folder);
    Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("none"));
    Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
    Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));

    assertThat(files().entries(folder.toString()))
        .containsExactly(
            new FolderEntry("a file: 100 %.png", false),
            new FolderEntry("circle", false),
            new FolderEntry("link to a folder", true),
            new FolderEntry("linked", false),
            new FolderEntry("nowhere", false));
  }

  @Test
  void ofAFolderThatIsGoneSaysSo() {
    String gone = folder.resolve("gone").toString();

    assertThatThrownBy(() -> files().entries(gone))
        .isInstanceOf(StorageException.class)
        .hasMessage(gone + ": cannot be listed: java.nio.file.NoSuchFileException: " + gone);
  }
}
