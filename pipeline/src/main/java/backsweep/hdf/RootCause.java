package backsweep.hdf;

/** What went wrong first: jHDF wraps one exception in another, and only the first says what. */
public final class RootCause {

  private RootCause() {}

  /** The innermost cause, which may be the exception itself. */
  public static Throwable of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Its kind, and its message if it has one. */
  public static String words(Throwable thrown) {
    Throwable root = of(thrown);
    String kind = root.getClass().getSimpleName();
    return root.getMessage() == null ? kind : kind + ", " + root.getMessage();
  }
}
