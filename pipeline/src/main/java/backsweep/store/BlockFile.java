package backsweep.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One file of a folder of blocks.
 *
 * @param name as Spark gave it, without a folder
 * @param bytes its size
 * @param sha256 of its bytes, 64 hex digits
 */
record BlockFile(String name, long bytes, String sha256) implements Serializable {

  private static final Pattern NAME = Pattern.compile("part-[A-Za-z0-9._-]+");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Refuses what no manifest of ours says. */
  BlockFile {
    if (!isName(name) || bytes < 0 || !HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException("%s, %d bytes, %s".formatted(name, bytes, sha256));
    }
  }

  /** Whether a file of this name holds blocks. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The file of this name, read as Spark reads it: where checksums are kept they are checked. */
  static BlockFile read(Configuration configuration, String folder, String name)
      throws IOException {
    Path path = new Path(folder, name);
    FileSystem files = path.getFileSystem(configuration);
    try (InputStream in = files.open(path)) {
      return new BlockFile(name, files.getFileStatus(path).getLen(), Sha256.of(in));
    }
  }

  @Override
  public String toString() {
    return bytes + " bytes with sha256 " + sha256;
  }
}
