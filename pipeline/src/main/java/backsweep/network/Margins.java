package backsweep.network;

import java.io.Serializable;

/**
 * Rows and columns at the border of a feature map.
 *
 * @param top rows above
 * @param bottom rows below
 * @param left columns before
 * @param right columns behind
 */
public record Margins(int top, int bottom, int left, int right) implements Serializable {

  /** Checks that none is negative. */
  public Margins {
    if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
      throw new IllegalArgumentException(
          "margins must not be negative, found %d,%d and %d,%d"
              .formatted(top, bottom, left, right));
    }
  }

  /** Rows above and below together. */
  int rows() {
    return Math.addExact(top, bottom);
  }

  /** Columns before and behind together. */
  int columns() {
    return Math.addExact(left, right);
  }
}
