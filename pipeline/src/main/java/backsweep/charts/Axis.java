package backsweep.charts;

/**
 * An axis.
 *
 * @param label with its unit; empty where it is said elsewhere
 * @param low where it begins
 * @param high where it ends
 */
public record Axis(String label, double low, double high) {

  /** Checks that there is something between the ends. */
  public Axis {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "expected an axis with low < high, found %s and %s".formatted(low, high));
    }
  }
}
