package backsweep.keras;

import java.util.function.Supplier;

/**
 * Asks jHDF for something. On broken or hostile files it fails in every way: its own exceptions,
 * those of buffers and arithmetic, endless recursion, sizes that fit in no memory.
 */
final class HdfCall {

  private HdfCall() {}

  /**
   * What the call returns.
   *
   * @param where the file and the place in it, for errors
   * @param expected what the call reads, for errors
   * @throws KerasFileException if it fails
   */
  static <T> T ask(String where, String expected, Supplier<T> call) {
    try {
      return call.get();
    } catch (KerasFileException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new KerasFileException(where, expected, "broken HDF5: " + innermost(e), e);
    }
  }

  /** What went wrong first, in words. */
  static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ", " + Json.excerpt(message);
  }
}
