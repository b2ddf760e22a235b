package backsweep.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Files on any Hadoop path: file:, hdfs:, s3a: and whatever else the cluster knows.
 *
 * <p>HDF5 and zip need random access, so such files are read through a local copy (the file itself
 * where it is local) and written locally before they are copied out.
 */
public final class SharedFiles {

  private final Configuration configuration;

  /** Files as this Hadoop configuration sees them. */
  public SharedFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The path with its file system, such as {@code file:/data/x.h5}. */
  public String qualified(String path) {
    return fileSystem(path).makeQualified(new Path(path)).toString();
  }

  /** Whether there is something at a path. */
  public boolean exists(String path) {
    return io(path, () -> fileSystem(path).exists(new Path(path)));
  }

  /**
   * Makes sure that files can be created in a directory, which is made if it is missing.
   *
   * @throws UnwritableOutputException if they cannot
   */
  public void requireWritable(String directory) {
    FileSystem files = fileSystem(directory);
    Path probe = new Path(directory, ".writable-" + UUID.randomUUID());
    try {
      files.mkdirs(new Path(directory));
      files.create(probe, false).close();
      files.delete(probe, false);
    } catch (IOException e) {
      throw new UnwritableOutputException(directory, e);
    }
  }

  /**
   * Gives a local file with the content of a path to an action; a copy is deleted afterwards. What
   * the action throws of a copy carries a {@link CopiedFrom}.
   *
   * @throws MissingFileException if there is no such file
   */
  public <T> T withLocal(String path, LocalAction<T> action) {
    FileSystem files = fileSystem(path);
    requireFile(files, path);
    if (files instanceof RawLocalFileSystem local) {
      return action.apply(local.pathToFile(new Path(path)).toPath());
    }
    java.nio.file.Path scratch = scratch();
    java.nio.file.Path copy = scratch.resolve(new Path(path).getName());
    try {
      return action.apply(copyIn(files, path, copy));
    } catch (RuntimeException e) {
      throw CopiedFrom.note(e, copy, path);
    } finally {
      delete(scratch);
    }
  }

  private static void requireFile(FileSystem files, String path) {
    boolean isDirectory =
        io(
            path,
            () -> {
              try {
                return files.getFileStatus(new Path(path)).isDirectory();
              } catch (FileNotFoundException e) {
                throw new MissingFileException(path, "no such file");
              }
            });
    if (isDirectory) {
      throw new MissingFileException(path, "a directory");
    }
  }

  private static java.nio.file.Path copyIn(
      FileSystem files, String path, java.nio.file.Path target) {
    return io(
        path,
        () -> {
          try (InputStream in = files.open(new Path(path))) {
            Files.copy(in, target);
          }
          return target;
        });
  }

  /** Gives local files with the content of a path and of its companion, if there is one. */
  public <T> T withLocal(
      String path,
      Optional<String> companion,
      BiFunction<java.nio.file.Path, Optional<java.nio.file.Path>, T> action) {
    return withLocal(
        path,
        local ->
            companion
                .map(other -> withLocal(other, beside -> action.apply(local, Optional.of(beside))))
                .orElseGet(() -> action.apply(local, Optional.empty())));
  }

  /** What is done with a local file. */
  public interface LocalAction<T> {
    /** Works on the file, which may be gone afterwards. */
    T apply(java.nio.file.Path local);
  }

  /**
   * Makes a file or a folder locally and then copies it to a target that does not exist yet. If
   * that fails, nothing is left behind.
   */
  public void publish(String target, LocalAction<?> writer) {
    java.nio.file.Path scratch = scratch();
    try {
      java.nio.file.Path local = scratch.resolve(new Path(target).getName());
      writer.apply(local);
      io(target, () -> copyOut(local, new Path(target)));
    } finally {
      delete(scratch);
    }
  }

  /**
   * Makes a file or a folder locally and keeps it under the first name that is free or holds the
   * same already, so that nothing is ever overwritten and a damaged file never passes for whole.
   *
   * @param names the names to try: the first, the second, ...
   * @return the name it is kept under
   */
  public String publishBeside(IntFunction<String> names, LocalAction<?> writer) {
    java.nio.file.Path scratch = scratch();
    try {
      java.nio.file.Path local = scratch.resolve(new Path(names.apply(0)).getName());
      writer.apply(local);
      for (int place = 0; ; place++) {
        String target = names.apply(place);
        if (!exists(target)) {
          io(target, () -> copyOut(local, new Path(target)));
        }
        if (io(target, () -> SameContent.of(local, fileSystem(target), new Path(target)))) {
          return target;
        }
      }
    } finally {
      delete(scratch);
    }
  }

  private Path copyOut(java.nio.file.Path local, Path target) throws IOException {
    FileSystem files = fileSystem(target.toString());
    Path unfinished =
        new Path(target.getParent(), "." + target.getName() + "-" + UUID.randomUUID());
    files.mkdirs(target.getParent());
    try {
      copyAll(local, files, unfinished);
      rename(unfinished.toString(), target.toString());
    } finally {
      files.delete(unfinished, true);
    }
    return target;
  }

  private static void copyAll(java.nio.file.Path local, FileSystem files, Path target)
      throws IOException {
    try (Stream<java.nio.file.Path> tree = Files.walk(local)) {
      for (java.nio.file.Path file : tree.filter(Files::isRegularFile).toList()) {
        String relative = local.relativize(file).toString();
        Path destination = relative.isEmpty() ? target : new Path(target, relative);
        try (OutputStream out = files.create(destination, false)) {
          Files.copy(file, out);
        }
      }
    }
  }

  /** Renames a file or folder; where the target exists already, that one is kept. */
  public void rename(String from, String target) {
    io(
        target,
        () -> {
          FileSystem files = fileSystem(target);
          boolean renamed =
              !files.exists(new Path(target)) && files.rename(new Path(from), new Path(target));
          if (!renamed) {
            files.delete(new Path(from), true);
          }
          if (!files.exists(new Path(target))) {
            throw new IOException("could not rename " + from + " to " + target);
          }
          return target;
        });
  }

  /** The sha256 of a file, or over all files of a folder, in hex; empty where there is nothing. */
  public Optional<String> sha256(String path) {
    return exists(path)
        ? Optional.of(io(path, () -> ContentHash.of(fileSystem(path), new Path(path))))
        : Optional.empty();
  }

  /** Deletes a file or folder, if it is there. */
  public void delete(String path) {
    io(path, () -> fileSystem(path).delete(new Path(path), true));
  }

  /** Deletes a directory if it is there and nothing is in it. */
  public void deleteEmpty(String directory) {
    if (exists(directory) && list(directory).isEmpty()) {
      io(directory, () -> fileSystem(directory).delete(new Path(directory), false));
    }
  }

  /**
   * The text of a small file.
   *
   * @throws MissingFileException if there is no such file
   */
  public String read(String path) {
    requireFile(fileSystem(path), path);
    return io(
        path,
        () -> {
          try (InputStream in = fileSystem(path).open(new Path(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          }
        });
  }

  /** Writes a small text file that must not exist yet. */
  public void write(String path, String text) {
    publish(path, local -> io(path, () -> Files.writeString(local, text)));
  }

  /** The names in a directory, sorted; none where it does not exist. */
  public List<String> list(String directory) {
    if (!exists(directory)) {
      return List.of();
    }
    FileStatus[] entries =
        io(directory, () -> fileSystem(directory).listStatus(new Path(directory)));
    return Stream.of(entries).map(entry -> entry.getPath().getName()).sorted().toList();
  }

  /**
   * The file system of a path; of a local one without the checksum files beside every file.
   *
   * @throws BadPathException if it is no path, or one of no known file system
   */
  private FileSystem fileSystem(String path) {
    return io(
        path,
        () -> {
          try {
            FileSystem files = new Path(path).getFileSystem(configuration);
            return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
          } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
            throw new BadPathException(path, e);
          }
        });
  }

  private static java.nio.file.Path scratch() {
    return io("the scratch folder", () -> Files.createTempDirectory("backsweep-"));
  }

  private static void delete(java.nio.file.Path directory) {
    io(
        directory.toString(),
        () -> {
          try (Stream<java.nio.file.Path> tree = Files.walk(directory)) {
            for (java.nio.file.Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(path);
            }
          }
          return directory;
        });
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private static <T> T io(String where, Operation<T> operation) {
    try {
      return operation.run();
    } catch (IOException e) {
      throw new UncheckedIOException(where + ": " + e.getMessage(), e);
    }
  }
}
