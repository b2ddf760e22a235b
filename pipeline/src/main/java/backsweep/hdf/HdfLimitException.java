package backsweep.hdf;

/**
 * An HDF5 file whose tables take more to follow than those of any file that is meant to be read.
 */
public class HdfLimitException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With what was expected and what was found. */
  HdfLimitException(String expected, Object found) {
    super("expected %s, found %s".formatted(expected, found));
  }
}
