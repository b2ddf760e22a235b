package backsweep.modelfiles;

import backsweep.hdf.RootCause;
import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import java.util.function.Supplier;

/**
 * Asks jHDF for something. On broken or hostile files it fails in every way: its own exceptions,
 * those of buffers and arithmetic, a type within a type within a type until the stack is full; that
 * error is caught, as all that jHDF made of the file is thrown away with it. No memory that is not
 * there is asked for: see {@link backsweep.hdf.BoundedHdf}.
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
    } catch (RuntimeException | StackOverflowError e) {
      throw new KerasFileException(where, expected, "broken HDF5: " + innermost(e), e);
    }
  }

  /** What went wrong first, in words. */
  private static String innermost(Throwable thrown) {
    Throwable cause = RootCause.of(thrown);
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ", " + Json.excerpt(message);
  }
}
