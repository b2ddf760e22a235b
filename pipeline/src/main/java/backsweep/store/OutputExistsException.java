package backsweep.store;

/** Something is where an output should be made, and nothing is overwritten. */
public class OutputExistsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says where. */
  public OutputExistsException(String output) {
    super(
        "output: expected nothing at %s yet, found something; nothing is overwritten"
            .formatted(output));
  }
}
