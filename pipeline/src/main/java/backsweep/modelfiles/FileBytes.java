package backsweep.modelfiles;

import backsweep.keras.KerasFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file, for readers that must not believe any size in it: everything read is a slice
 * of what is there, so no memory is taken for what is not, and no file stays open.
 */
final class FileBytes {

  private FileBytes() {}

  /**
   * All bytes, mapped, not copied.
   *
   * @throws KerasFileException if there is no such file, or it is larger than a buffer can be
   */
  static ByteBuffer of(Path path) {
    checkIsFile(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      checkSize(path, channel.size(), Integer.MAX_VALUE);
      return channel.map(MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * A text file in UTF-8.
   *
   * @throws KerasFileException if there is no such file, or it has more bytes than that
   */
  static String text(Path path, int maximumBytes) {
    checkIsFile(path);
    try {
      checkSize(path, Files.size(path), maximumBytes);
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void checkIsFile(Path path) {
    if (!Files.exists(path)) {
      throw new KerasFileException(path.toString(), "a file", "no such file");
    }
    if (Files.exists(path.resolve(KerasReader.EXPORTED))) {
      throw KerasReader.exported(path.toString());
    }
    if (!Files.isRegularFile(path)) {
      throw new KerasFileException(
          path.toString(), "a file", Files.isDirectory(path) ? "a folder" : "something else");
    }
  }

  private static void checkSize(Path path, long size, int maximumBytes) {
    if (size > maximumBytes) {
      throw new KerasFileException(
          path.toString(), "at most " + maximumBytes + " bytes", String.valueOf(size));
    }
  }

  private static KerasFileException unreadable(Path path, IOException cause) {
    return new KerasFileException(path.toString(), "a readable file", cause.toString(), cause);
  }
}
