package backsweep.store;

import backsweep.images.FileHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Files for random access on an executor: a local file as it is, any other as one copy for all
 * tasks of the JVM, deleted when the JVM ends.
 */
public final class LocalCopies {

  private static final ConcurrentHashMap<String, Path> COPIES = new ConcurrentHashMap<>();

  private LocalCopies() {}

  /**
   * A local file with the content of a path.
   *
   * @param sha256 the content's hash, by which copies are told apart
   */
  public static Path of(Configuration configuration, String path, String sha256) {
    FileSystem files = new FileSystems(configuration).checksummed(path);
    org.apache.hadoop.fs.Path shared = new org.apache.hadoop.fs.Path(path);
    if (files instanceof LocalFileSystem local) {
      return local.pathToFile(shared).toPath();
    }
    return COPIES.computeIfAbsent(sha256, hash -> copy(files, shared, hash));
  }

  private static Path copy(FileSystem files, org.apache.hadoop.fs.Path shared, String sha256) {
    return FileSystems.call(
        shared + ", copied to " + System.getProperty("java.io.tmpdir"),
        () -> {
          Path directory = Files.createTempDirectory("backsweep-images-");
          directory.toFile().deleteOnExit();
          Path copy = directory.resolve(shared.getName());
          copy.toFile().deleteOnExit();
          try (InputStream in = files.open(shared)) {
            Files.copy(in, copy);
          }
          requireContent(copy, sha256);
          return copy;
        });
  }

  /** Blocks are kept under the hash that the driver found. */
  private static void requireContent(Path copy, String expected) throws IOException {
    String found = FileHash.sha256(copy);
    if (!found.equals(expected)) {
      throw new IOException(
          "changed since the run began: expected sha256 %s, found %s".formatted(expected, found));
    }
  }
}
