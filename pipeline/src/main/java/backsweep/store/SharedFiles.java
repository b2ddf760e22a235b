package backsweep.store;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on any Hadoop path: file:, hdfs:, s3a: and whatever else the cluster knows.
 *
 * <p>HDF5 and zip need random access, so such files are read through a local copy (the file itself
 * where it is local) and written locally before they are copied out.
 *
 * <p>Every method throws a {@link BadPathException} where a path is none, a {@link
 * MissingLibraryException} where its file system is not on the class path, and a {@link
 * StorageException} where the file system does not do what it should.
 */
public final class SharedFiles {

  /** File systems that have no limit say the largest number there is. */
  private static final long UNLIMITED = 1L << 60;

  private final FileSystems systems;
  private final LocalReader reader;
  private final Publisher publisher;

  /** Files as this Hadoop configuration sees them. */
  public SharedFiles(Configuration configuration) {
    this.systems = new FileSystems(configuration);
    this.reader = new LocalReader(systems);
    this.publisher = new Publisher(systems);
  }

  /** The path with its file system, such as {@code file:/data/x.h5}. */
  public String qualified(String path) {
    return systems.of(path).makeQualified(new Path(path)).toString();
  }

  /** Whether there is something at a path. */
  public boolean exists(String path) {
    FileSystem files = systems.of(path);
    return FileSystems.call(path, () -> files.exists(new Path(path)));
  }

  /** Whether there is a folder at a path. */
  public boolean isFolder(String path) {
    FileSystem files = systems.of(path);
    return FileSystems.call(
        path,
        () -> {
          try {
            return files.getFileStatus(new Path(path)).isDirectory();
          } catch (FileNotFoundException e) {
            return false;
          }
        });
  }

  /**
   * How many bytes a file has.
   *
   * @throws MissingFileException if there is no such file
   */
  public long size(String path) {
    FileSystem files = systems.of(path);
    LocalReader.requireFile(files, path);
    return FileSystems.call(path, () -> files.getFileStatus(new Path(path)).getLen());
  }

  /**
   * Makes sure that files can be created in a directory, which is made if it is missing.
   *
   * @throws UnwritableOutputException if they cannot
   * @throws StorageException if it is full
   */
  public void requireWritable(String directory) {
    FileSystem files = systems.of(directory);
    Path probe = new Path(directory, ".writable-" + UUID.randomUUID());
    try {
      files.mkdirs(new Path(directory));
      files.create(probe, false).close();
      files.delete(probe, false);
    } catch (IOException e) {
      throw StorageException.ofFull(directory, e)
          .<RuntimeException>map(full -> full)
          .orElseGet(() -> new UnwritableOutputException(directory, e));
    }
  }

  /**
   * How many bytes can still be written below a path that is there; empty where nobody can say, as
   * of object stores.
   */
  public OptionalLong free(String path) {
    FileSystem files = systems.of(path);
    long bytes = FileSystems.call(path, () -> files.getStatus(new Path(path)).getRemaining());
    return bytes < UNLIMITED ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  /**
   * Gives a local file with the content of a path to an action; a copy is deleted afterwards. What
   * the action throws of a copy carries a {@link CopiedFrom}.
   *
   * @throws MissingFileException if there is no such file
   */
  public <T> T withLocal(String path, LocalAction<T> action) {
    return reader.read(path, action);
  }

  /** Gives local files with the content of a path and of its companion, if there is one. */
  public <T> T withLocal(
      String path,
      Optional<String> companion,
      BiFunction<java.nio.file.Path, Optional<java.nio.file.Path>, T> action) {
    return reader.read(path, companion, action);
  }

  /**
   * Makes a file or a folder locally and then copies it to a target that does not exist yet. If
   * that fails, nothing is left behind.
   */
  public void publish(String target, LocalAction<?> writer) {
    publisher.publish(target, writer);
  }

  /**
   * Makes a file or a folder locally and keeps it under the first name that is free or holds the
   * same already, so that nothing is ever overwritten and a damaged file never passes for whole.
   *
   * @param names the names to try: the first, the second, ...
   * @return the name it is kept under
   */
  public String publishBeside(IntFunction<String> names, LocalAction<?> writer) {
    return publisher.publishBeside(names, writer);
  }

  /** Renames a file or folder; where the target exists already, that one is kept. */
  public void rename(String from, String target) {
    FileSystem files = systems.of(target);
    FileSystems.call(
        target,
        () -> {
          Publisher.rename(files, new Path(from), new Path(target));
          return target;
        });
  }

  /**
   * Moves files into a folder, which is made if it is missing.
   *
   * @param from the folder they are in
   * @param chosen which of its files, by name
   */
  void moveInto(String folder, String from, Predicate<String> chosen) {
    FileSystem files = systems.of(folder);
    FileSystems.call(folder, () -> files.mkdirs(new Path(folder)));
    list(from).stream()
        .filter(chosen)
        .forEach(name -> rename(from + "/" + name, folder + "/" + name));
  }

  /** Deletes what was not published to the end in a folder. */
  public void removeUnfinished(String folder) {
    list(folder).stream()
        .filter(Publisher::isUnfinished)
        .forEach(name -> delete(folder + "/" + name));
  }

  /** The sha256 of a file, or over all files of a folder, in hex; empty where there is nothing. */
  public Optional<String> sha256(String path) {
    FileSystem files = systems.of(path);
    return exists(path)
        ? Optional.of(FileSystems.call(path, () -> ContentHash.of(files, new Path(path))))
        : Optional.empty();
  }

  /** Deletes a file or folder, if it is there. */
  public void delete(String path) {
    FileSystem files = systems.of(path);
    FileSystems.call(path, () -> files.delete(new Path(path), true));
  }

  /** Deletes a directory if it is there and nothing is in it. */
  public void deleteEmpty(String directory) {
    if (exists(directory) && list(directory).isEmpty()) {
      FileSystem files = systems.of(directory);
      FileSystems.call(directory, () -> files.delete(new Path(directory), false));
    }
  }

  /**
   * The text of a small file.
   *
   * @throws MissingFileException if there is no such file
   */
  public String read(String path) {
    FileSystem files = systems.of(path);
    LocalReader.requireFile(files, path);
    return FileSystems.call(
        path,
        () -> {
          try (InputStream in = files.open(new Path(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          }
        });
  }

  /**
   * The first bytes of a file.
   *
   * @param most how many are read
   * @throws MissingFileException if there is no such file, or none that may be read
   */
  public byte[] bytes(String path, int most) {
    FileSystem files = systems.of(path);
    return FileSystems.call(
        path,
        () -> {
          try (InputStream in = files.open(new Path(path))) {
            return in.readNBytes(most);
          } catch (FileNotFoundException e) {
            throw new MissingFileException(path, "none that can be read: " + e.getMessage());
          }
        });
  }

  /**
   * Makes one file of others.
   *
   * @param first what stands before them
   * @param parts the files, in their order
   */
  void join(String target, String first, List<String> parts) {
    FileSystem files = systems.of(target);
    FileSystems.call(
        target,
        () -> {
          try (OutputStream out = files.create(new Path(target), false)) {
            out.write(first.getBytes(StandardCharsets.UTF_8));
            for (String part : parts) {
              try (InputStream in = files.open(new Path(part))) {
                in.transferTo(out);
              }
            }
          }
          return target;
        });
  }

  /** Writes a small text file, as {@link PublicText} has it, that must not exist yet. */
  public void write(String path, String text) {
    String published = new PublicText(systems.configuration()).of(text);
    publish(path, local -> FileSystems.call(path, () -> Files.writeString(local, published)));
  }

  /**
   * Puts a file in the place of what is at a path, which stays as it was until it is written, and
   * for good where it holds the same.
   */
  public void replace(String path, byte[] content) {
    String hash = FileSystems.call(path, () -> Sha256.of(new ByteArrayInputStream(content)));
    if (sha256(path).filter(hash::equals).isPresent()) {
      return;
    }
    String fresh = Publisher.unfinished(new Path(path)).toString();
    publish(fresh, local -> FileSystems.call(path, () -> Files.write(local, content)));
    delete(path);
    rename(fresh, path);
  }

  /** The names in a directory, sorted; none where it does not exist. */
  public List<String> list(String directory) {
    if (!exists(directory)) {
      return List.of();
    }
    FileSystem files = systems.of(directory);
    FileStatus[] entries = FileSystems.call(directory, () -> files.listStatus(new Path(directory)));
    return Stream.of(entries).map(entry -> entry.getPath().getName()).sorted().toList();
  }

  /** What is in a folder, by name; there may be millions. */
  public List<FolderEntry> entries(String folder) {
    FileSystem files = systems.of(folder);
    return FileSystems.call(folder, () -> FolderListing.of(files, folder));
  }
}
