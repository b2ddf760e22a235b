package backsweep.stages;

/** A set has fewer images than are asked of it. */
public final class TooFewImagesException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TooFewImagesException(String message) {
    super(message);
  }
}
