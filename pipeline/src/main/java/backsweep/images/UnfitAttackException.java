package backsweep.images;

/** An attack that cannot be made on some images: its trigger or its target does not fit them. */
public class UnfitAttackException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Says why not.
   *
   * @param problem what was expected, with the sizes or classes there are, and what was found
   */
  public UnfitAttackException(String problem) {
    super(problem);
  }
}
