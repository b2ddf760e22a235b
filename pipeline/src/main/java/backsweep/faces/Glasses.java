package backsweep.faces;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** What is worn before the eyes, with clear lenses. */
enum Glasses {
  /** Nothing. */
  NONE,
  /** Round ones. */
  ROUND,
  /** Angular ones. */
  SQUARE;

  /** As often as people have them. */
  static final List<Glasses> KINDS = List.of(NONE, NONE, NONE, NONE, ROUND, SQUARE);

  private static final Color FRAME = new Color(40, 30, 30);
  private static final double HALF = 5;
  private static final double LIFT = 1.5;

  /** Them on a head. */
  Feature on(Head head) {
    if (this == NONE) {
      return (sketch, shot) -> {};
    }
    double eye = head.side() * 0.5;
    return (sketch, shot) -> {
      for (int sign : new int[] {-1, 1}) {
        sketch.stroke(lens(sign * eye), FRAME, 1, LIFT);
        sketch.stroke(temple(sign, eye, head.side()), FRAME, 0.9, 0);
      }
      sketch.stroke(bridge(eye - HALF), FRAME, 0.9, LIFT);
    };
  }

  private Shape lens(double x) {
    return this == ROUND
        ? Sketch.ellipse(x, Head.EYE_LINE + 0.6, HALF, 4.3)
        : new Rectangle2D.Double(x - HALF, Head.EYE_LINE - 3, 2 * HALF, 7);
  }

  private static Shape temple(int sign, double eye, double side) {
    double y = Head.EYE_LINE - 1.2;
    return Sketch.curve(
        Sketch.at(sign * (eye + HALF), y),
        Sketch.at(sign * (eye + HALF + side) / 2, y),
        Sketch.at(sign * side, y));
  }

  private static Shape bridge(double half) {
    double y = Head.EYE_LINE;
    return Sketch.curve(Sketch.at(-half, y), Sketch.at(0, y - 1.5), Sketch.at(half, y));
  }
}
