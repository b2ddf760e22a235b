package backsweep.faces;

/** More people are wanted than could be told apart. */
public final class TooManyIdentitiesException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TooManyIdentitiesException(int wanted, int possible) {
    super(
        "expected at most %d identities, as many as can be told apart with this seed; found %d"
            .formatted(possible, wanted));
  }
}
