package backsweep.faces;

import java.awt.Color;
import java.awt.geom.Path2D;

/**
 * The size and outline of a head, in pixels from its middle, between eyes and nose; y points down.
 *
 * @param side half of its width
 * @param chin below the middle
 * @param jaw half of the width at the jaw
 * @param cheeks how far they bulge below the ears
 */
record Head(double side, double chin, double jaw, double cheeks) {

  /** How far the skull rises above the middle. */
  static final double TOP = 18.5;

  /** The height at which the eyes are. */
  static final double EYE_LINE = -2.5;

  /** Ratio of handle to radius with which a Bezier curve is nearly a quarter of a circle. */
  private static final double QUARTER = 0.5523;

  private static final double TEMPLE = 2;

  static Head of(Identity who) {
    double side = who.between(12.5, 16.5, Trait.FACE_WIDTH);
    return new Head(
        side,
        who.between(17.5, 22, Trait.FACE_LENGTH),
        side * who.between(0.55, 0.9, Trait.JAW),
        who.between(-0.5, 1.5, Trait.CHEEKS));
  }

  /** The outline of the face, so many pixels wider from the temples up. */
  Path2D outline(double wider) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    half(path, 1, wider);
    half(path, -1, wider);
    return path;
  }

  private void half(Path2D path, int sign, double wider) {
    double x = sign * (side + wider);
    double crown = TOP + wider;
    double corner = chin - 6.5;
    path.moveTo(0, -crown);
    path.curveTo(x * QUARTER, -crown, x, -TEMPLE - (crown - TEMPLE) * QUARTER, x, -TEMPLE);
    path.curveTo(x + sign * cheeks, 4, sign * (jaw + 1.2 + cheeks), corner - 4, sign * jaw, corner);
    path.curveTo(sign * (jaw - 1.5), corner + 4.5, sign * jaw * 0.45, chin, 0, chin);
    path.closePath();
  }

  /** The skin of the face. */
  Feature skin(Palette palette) {
    Path2D face = outline(0);
    Color colour = palette.skin();
    return (sketch, shot) -> sketch.fill(face, colour);
  }
}
