package backsweep.jobs;

import backsweep.store.BadPathException;
import backsweep.store.SharedFiles;
import backsweep.store.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * Files by patterns as Hadoop has them, {@code models/*.h5}, on any Hadoop path: {@code *}, {@code
 * ?}, {@code [a-c]}, {@code {a,b}}, and a backslash before any of these to take it as it stands.
 */
final class FilePatterns {

  private static final String SPECIAL = "*?[{\\";

  private final Configuration hadoop;
  private final SharedFiles files;

  /** Patterns on the file systems that these settings know. */
  FilePatterns(Configuration hadoop) {
    this.hadoop = hadoop;
    this.files = new SharedFiles(hadoop);
  }

  /** The path with its file system: two paths are the same file if these are equal. */
  String qualified(String path) {
    return files.qualified(path);
  }

  /**
   * The files that a pattern means, sorted, each beginning as the pattern does; of a path that is
   * no pattern, or that of a file as it stands, that path, be there a file or not. Folders and
   * names that begin with a dot or an underscore, as those of files that are being written, match
   * nothing.
   *
   * @throws BadPathException if it is neither path nor pattern
   * @throws StorageException if the file system does not answer
   */
  List<String> files(String pattern) {
    int special = firstSpecial(pattern);
    if (special == pattern.length() || files.exists(pattern)) {
      return List.of(pattern);
    }
    int end = pattern.lastIndexOf('/', special) + 1;
    String folder = pattern.substring(0, end);
    String qualified = files.qualified(folder.isEmpty() ? "." : folder);
    String prefix = qualified.endsWith("/") ? qualified : qualified + "/";
    return matches(pattern)
        .map(file -> file.startsWith(prefix) ? folder + file.substring(prefix.length()) : file)
        .sorted()
        .distinct() // of alternatives that overlap
        .toList();
  }

  private static int firstSpecial(String pattern) {
    int place = 0;
    while (place < pattern.length() && SPECIAL.indexOf(pattern.charAt(place)) < 0) {
      place++;
    }
    return place;
  }

  private Stream<String> matches(String pattern) {
    check(pattern);
    Path path = new Path(files.qualified(pattern));
    try {
      FileSystem system = path.getFileSystem(hadoop);
      FileStatus[] found = system.globStatus(path);
      return Stream.of(found == null ? new FileStatus[0] : found)
          .filter(file -> !file.isDirectory() && !file.getPath().getName().matches("[._].*"))
          .map(file -> file.getPath().toString());
    } catch (IOException e) {
      throw new StorageException(pattern, e);
    }
  }

  private static void check(String pattern) {
    try {
      new GlobFilter(pattern);
    } catch (IOException e) {
      throw new BadPathException(pattern, e);
    }
  }
}
