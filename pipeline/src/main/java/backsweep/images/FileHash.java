package backsweep.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of a file: a hash of its bytes. */
public final class FileHash {

  private static final int READ_AT_ONCE = 1 << 18;

  private FileHash() {}

  /**
   * The SHA-256 of a file's bytes, 64 hex digits; the file is read as a stream.
   *
   * @throws ImageFileException if it cannot be read
   */
  public static String sha256(Path file) {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[READ_AT_ONCE];
    try (InputStream stream = Files.newInputStream(file)) {
      for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
        digest.update(buffer, 0, length);
      }
    } catch (NoSuchFileException e) {
      throw new ImageFileException(file, "expected a file of images, found no such file", e);
    } catch (IOException e) {
      throw new ImageFileException(file, "cannot be read: " + e.getMessage(), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of some bytes, 64 hex digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
