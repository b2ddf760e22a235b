package backsweep.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** A file system did not do what it should; a retry may help. The message is one line. */
public class StorageException extends UncheckedIOException {

  private static final long serialVersionUID = 1;

  /** How file systems say that there is no room; the last one is HDFS. */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "quota of");

  /**
   * Says where, and what the file system says.
   *
   * @param path of the file or folder
   * @param cause what the file system says
   */
  public StorageException(String path, IOException cause) {
    super(path + ": " + problem(cause), cause);
  }

  /**
   * The failure of something else, such as a Spark job, as one of storage, if storage was full.
   *
   * @param path of the file or folder that was to be written
   * @param failure what was thrown; its causes are looked at
   */
  public static Optional<StorageException> ofFull(String path, Throwable failure) {
    Optional<StorageException> known = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (known.isEmpty() && cause instanceof StorageException storage) {
        known = Optional.of(storage);
      }
      if (cause instanceof IOException io && isFull(io)) {
        return known.or(() -> Optional.of(new StorageException(path, io)));
      }
    }
    return Optional.empty();
  }

  private static boolean isFull(IOException cause) {
    return cause.getMessage() != null && FULL.stream().anyMatch(cause.getMessage()::contains);
  }

  private static String problem(IOException cause) {
    if (isFull(cause)) {
      return "could not be written: %s; make room there, then run the same command again"
          .formatted(firstLine(cause));
    }
    if (cause instanceof UnknownHostException) {
      return "expected a host that can be found, found \"%s\"; correct the name or try again later"
          .formatted(firstLine(cause));
    }
    return firstLine(cause);
  }

  /** Of what a remote file system says the rest is its own trace. */
  private static String firstLine(IOException cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
