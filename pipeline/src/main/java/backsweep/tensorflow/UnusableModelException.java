package backsweep.tensorflow;

/** A problem with a stranger's SavedModel, on its way to whoever knows where that is. */
public class UnusableModelException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With what was expected and what was found. */
  public UnusableModelException(String problem) {
    super(problem);
  }
}
