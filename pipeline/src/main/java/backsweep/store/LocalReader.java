package backsweep.store;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Reads files that need random access: a local one as it is, another through a copy. */
final class LocalReader {

  private final FileSystems systems;

  LocalReader(FileSystems systems) {
    this.systems = systems;
  }

  /** Gives a local file to an action; a copy is deleted afterwards. */
  <T> T read(String path, LocalAction<T> action) {
    FileSystem files = systems.of(path);
    requireFile(files, path);
    if (files instanceof RawLocalFileSystem local) {
      return action.apply(local.pathToFile(new org.apache.hadoop.fs.Path(path)).toPath());
    }
    try (Scratch scratch = Scratch.open()) {
      return readCopy(copyIn(files, path, scratch.file(path)), path, action);
    }
  }

  private static <T> T readCopy(Path copy, String path, LocalAction<T> action) {
    try {
      return action.apply(copy);
    } catch (RuntimeException e) {
      throw CopiedFrom.note(e, copy, path);
    }
  }

  /** Gives local files of a path and of its companion, if there is one, to an action. */
  <T> T read(String path, Optional<String> companion, BiFunction<Path, Optional<Path>, T> action) {
    return read(
        path,
        local ->
            companion
                .map(other -> read(other, beside -> action.apply(local, Optional.of(beside))))
                .orElseGet(() -> action.apply(local, Optional.empty())));
  }

  /**
   * Makes sure that there is a file at a path.
   *
   * @throws MissingFileException if there is not
   */
  static void requireFile(FileSystem files, String path) {
    if (isDirectory(files, path)) {
      throw new MissingFileException(path, "a directory");
    }
  }

  private static boolean isDirectory(FileSystem files, String path) {
    return FileSystems.call(
        path,
        () -> {
          try {
            return files.getFileStatus(new org.apache.hadoop.fs.Path(path)).isDirectory();
          } catch (FileNotFoundException e) {
            throw new MissingFileException(path, "no such file");
          }
        });
  }

  private static Path copyIn(FileSystem files, String path, Path target) {
    return FileSystems.call(
        path + ", copied to " + target.getParent(),
        () -> {
          try (InputStream in = files.open(new org.apache.hadoop.fs.Path(path))) {
            Files.copy(in, target);
          }
          return target;
        });
  }
}
