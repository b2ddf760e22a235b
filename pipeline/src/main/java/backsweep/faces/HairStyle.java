package backsweep.faces;

import java.util.List;

/**
 * A way to wear hair.
 *
 * @param shape what there is on the head and above it
 * @param hairline where the face ends
 * @param back how far it falls behind the head, below the middle of the head; 0 if it does not
 * @param extra how much wider than the head it is
 */
record HairStyle(Shape shape, Hairline hairline, double back, double extra) {

  /** What there is on the head and above it. */
  enum Shape {
    /** Nothing at all. */
    NONE,
    /** At the sides only. */
    WREATH,
    /** A strip from front to back, and nothing beside it. */
    STRIP,
    /** All over the skull. */
    CAP,
    /** The same, with spikes. */
    SPIKES,
    /** The same, with a knot. */
    BUN,
    /** The same, with curls all around. */
    CURLS
  }

  /**
   * Where the face ends and the hair begins, in pixels above the middle of the head.
   *
   * @param sides how far down the hair reaches before the ears
   * @param left on the left of the image
   * @param middle in the middle
   * @param right on the right of the image
   */
  record Hairline(double sides, double left, double middle, double right) {}

  private static final Hairline HIGH = new Hairline(1, 12, 12.8, 12);
  private static final Hairline FRINGE = new Hairline(1, 8, 7.5, 8);
  private static final Hairline PARTED = new Hairline(-3, 9, 14, 9);

  /** All there are, as likely. */
  static final List<HairStyle> ALL =
      List.of(
          new HairStyle(Shape.NONE, HIGH, 0, 0),
          new HairStyle(Shape.WREATH, HIGH, 0, 0),
          new HairStyle(Shape.STRIP, HIGH, 0, 0),
          new HairStyle(Shape.CAP, HIGH, 0, 0.3),
          new HairStyle(Shape.CAP, new Hairline(-1, 9, 13.5, 12), 0, 1.5),
          new HairStyle(Shape.CAP, FRINGE, 0, 1.6),
          new HairStyle(Shape.CAP, PARTED, 22, 3),
          new HairStyle(Shape.CAP, new Hairline(-3, 8, 7.5, 8), 22, 2.5),
          new HairStyle(Shape.CAP, new Hairline(-4, 8, 12, 9), 10, 5),
          new HairStyle(Shape.SPIKES, HIGH, 0, 1),
          new HairStyle(Shape.BUN, HIGH, 0, 0.8),
          new HairStyle(Shape.CURLS, new Hairline(0, 11, 12, 11), 0, 7));
}
