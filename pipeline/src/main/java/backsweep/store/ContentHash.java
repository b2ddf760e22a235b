package backsweep.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Hashes of what lies on a shared file system. */
final class ContentHash {

  private ContentHash() {}

  /**
   * The sha256 of a file's bytes in hex; of a folder that over the names and hashes of everything
   * in it.
   */
  static String of(FileSystem files, Path path) throws IOException {
    return files.getFileStatus(path).isDirectory() ? ofFolder(files, path) : ofFile(files, path);
  }

  private static String ofFile(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return Sha256.of(in);
    }
  }

  private static String ofFolder(FileSystem files, Path folder) throws IOException {
    List<Path> entries =
        Stream.of(files.listStatus(folder)).map(FileStatus::getPath).sorted().toList();
    List<String> hashes = new ArrayList<>();
    for (Path entry : entries) {
      hashes.add(entry.getName());
      hashes.add(of(files, entry));
    }
    return Sha256.of(hashes);
  }
}
