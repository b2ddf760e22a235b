package backsweep.hdf;

/** Values in chunks that are broken, or filtered in a way that is not supported. */
public class UnreadableChunkException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String expected;
  private final String found;

  /** With what was expected and what was found. */
  UnreadableChunkException(String expected, String found) {
    super("expected %s, found %s".formatted(expected, found));
    this.expected = expected;
    this.found = found;
  }

  /** What was expected. */
  public String expected() {
    return expected;
  }

  /** What was found. */
  public String found() {
    return found;
  }
}
