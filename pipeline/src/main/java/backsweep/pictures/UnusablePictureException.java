package backsweep.pictures;

/** A problem with a picture or a folder of them, on its way to whoever knows where that is. */
public class UnusablePictureException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With what was expected and what was found. */
  public UnusablePictureException(String problem) {
    super(problem);
  }

  /** With what was expected and what was found, and what was thrown. */
  UnusablePictureException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
