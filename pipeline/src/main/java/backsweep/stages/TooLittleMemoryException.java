package backsweep.stages;

/**
 * A Java heap is too small for the weights of a network; says what is needed and how to give it.
 */
public final class TooLittleMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TooLittleMemoryException(String message) {
    super(message);
  }
}
