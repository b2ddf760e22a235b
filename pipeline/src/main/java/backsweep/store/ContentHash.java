package backsweep.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Hashes of what lies on a shared file system. */
final class ContentHash {

  private static final int READ_AT_ONCE = 1 << 20;

  private ContentHash() {}

  /**
   * The sha256 of a file's bytes in hex; of a folder that over the names and hashes of all files in
   * it.
   */
  static String of(FileSystem files, Path path) throws IOException {
    return files.getFileStatus(path).isDirectory() ? ofFolder(files, path) : ofFile(files, path);
  }

  private static String ofFile(FileSystem files, Path path) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[READ_AT_ONCE];
    try (InputStream in = files.open(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
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
