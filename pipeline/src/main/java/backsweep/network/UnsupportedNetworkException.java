package backsweep.network;

/** A network that may be sound but uses what is not supported; says what, where, and what is. */
public class UnsupportedNetworkException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With what is not supported, where it stands, and what is supported. */
  public UnsupportedNetworkException(String message) {
    super(message);
  }

  /** With what is not supported, where it stands, and what is supported, and the cause. */
  public UnsupportedNetworkException(String message, Throwable cause) {
    super(message, cause);
  }
}
