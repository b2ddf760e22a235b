package backsweep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A local folder for files under work, which are gone when it is closed. */
final class Scratch implements AutoCloseable {

  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  static Scratch open() {
    return new Scratch(
        FileSystems.call(
            System.getProperty("java.io.tmpdir"), () -> Files.createTempDirectory("backsweep-")));
  }

  /** A file or folder in it, not there yet, with the last name of a path. */
  Path file(String path) {
    return folder.resolve(new org.apache.hadoop.fs.Path(path).getName());
  }

  @Override
  public void close() {
    FileSystems.call(
        folder.toString(),
        () -> {
          for (Path path : deepestFirst()) {
            Files.delete(path);
          }
          return folder;
        });
  }

  private List<Path> deepestFirst() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
