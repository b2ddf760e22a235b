package backsweep.store;

import java.io.IOException;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** The file systems behind paths, and what goes wrong with them, by path. */
final class FileSystems {

  private final Configuration configuration;

  FileSystems(Configuration configuration) {
    this.configuration = configuration;
  }

  /** By which file systems are found. */
  Configuration configuration() {
    return configuration;
  }

  /**
   * The file system of a path; of a local one without the checksum files beside every file.
   *
   * @throws BadPathException if it is no path, or one of no known file system
   * @throws MissingLibraryException if the file system is known but not there
   * @throws StorageException if the file system does not answer
   */
  FileSystem of(String path) {
    FileSystem files = checksummed(path);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /** The file system of a path as Spark sees it. */
  FileSystem checksummed(String path) {
    return call(
        path,
        () -> {
          try {
            return new Path(path).getFileSystem(configuration);
          } catch (UnsupportedFileSystemException e) {
            throw new BadPathException(path, e);
          } catch (RuntimeException e) {
            throw understood(path, e);
          }
        });
  }

  /** Hadoop wraps what it finds while it makes a file system. */
  private static RuntimeException understood(String path, RuntimeException failure) {
    if (failure.getCause() instanceof UnknownHostException unknown) {
      return new StorageException(path, unknown);
    }
    if (failure.getCause() instanceof ClassNotFoundException missing) {
      return new MissingLibraryException(path, new Path(path).toUri().getScheme(), missing);
    }
    return failure instanceof IllegalArgumentException wrong
        ? new BadPathException(path, wrong)
        : failure;
  }

  /** What is done with a file system. */
  interface Operation<T> {
    T run() throws IOException;
  }

  /**
   * Does something with a file system.
   *
   * @param path what it is done to
   * @throws StorageException if the file system cannot do it
   */
  static <T> T call(String path, Operation<T> operation) {
    try {
      return operation.run();
    } catch (IOException e) {
      throw new StorageException(path, e);
    } catch (FSError e) {
      // Hadoop's local file system makes an error of every write that fails.
      throw new StorageException(
          path, e.getCause() instanceof IOException io ? io : new IOException(e));
    }
  }
}
