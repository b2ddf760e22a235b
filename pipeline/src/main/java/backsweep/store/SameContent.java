package backsweep.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whether a local file or folder and one on a shared file system hold the same bytes. */
final class SameContent {

  private static final int COMPARED_AT_ONCE = 1 << 20;

  private SameContent() {}

  /** Whether every local file is there under the target with the same bytes, and no other. */
  static boolean of(java.nio.file.Path local, FileSystem files, Path target) throws IOException {
    try (Stream<java.nio.file.Path> tree = Files.walk(local)) {
      List<java.nio.file.Path> expected = tree.filter(Files::isRegularFile).toList();
      for (java.nio.file.Path file : expected) {
        String relative = local.relativize(file).toString();
        if (!isSame(file, files, relative.isEmpty() ? target : new Path(target, relative))) {
          return false;
        }
      }
      return count(files, target) == expected.size();
    }
  }

  private static int count(FileSystem files, Path target) throws IOException {
    int count = 0;
    for (FileStatus entry : files.listStatus(target)) {
      count += entry.isDirectory() ? count(files, entry.getPath()) : 1;
    }
    return count;
  }

  private static boolean isSame(java.nio.file.Path local, FileSystem files, Path target)
      throws IOException {
    if (!files.exists(target)
        || files.getFileStatus(target).isDirectory()
        || files.getFileStatus(target).getLen() != Files.size(local)) {
      return false;
    }
    try (InputStream one = Files.newInputStream(local);
        InputStream other = files.open(target)) {
      byte[] expected = one.readNBytes(COMPARED_AT_ONCE);
      while (expected.length > 0) {
        if (!Arrays.equals(expected, other.readNBytes(expected.length))) {
          return false;
        }
        expected = one.readNBytes(COMPARED_AT_ONCE);
      }
      return true;
    }
  }
}
