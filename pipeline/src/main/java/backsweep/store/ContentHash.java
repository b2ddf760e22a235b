package backsweep.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Hashes of what lies on a shared file system. */
final class ContentHash {

  private ContentHash() {}

  /**
   * The sha256 of a file's bytes in hex; of a folder that over the names and hashes of all files in
   * it.
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
    Map<String, String> hashes = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
    String root = files.makeQualified(folder).toUri().getPath() + "/";
    while (all.hasNext()) {
      Path file = all.next().getPath();
      hashes.put(file.toUri().getPath().substring(root.length()), ofFile(files, file));
    }
    return Sha256.of(hashes.entrySet().stream().map(Map.Entry::toString).toList());
  }
}
