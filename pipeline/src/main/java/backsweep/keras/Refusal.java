package backsweep.keras;

import backsweep.network.UnsupportedNetworkException;

/** Words the refusal of what may be sound but is not supported. */
public final class Refusal {

  private Refusal() {}

  /**
   * The exception to throw.
   *
   * @param where the file, and the layer in it
   * @param what what is not supported
   * @param supported what is
   */
  public static UnsupportedNetworkException of(String where, String what, String supported) {
    return new UnsupportedNetworkException(
        Json.line("%s: %s is not supported; supported: %s".formatted(where, what, supported)));
  }
}
