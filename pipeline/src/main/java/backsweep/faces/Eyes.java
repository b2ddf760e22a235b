package backsweep.faces;

import java.awt.Color;
import java.awt.geom.Path2D;

/**
 * Two eyes.
 *
 * @param spacing of each from the middle
 * @param size half of an eye's width
 * @param slant how much its outer corner rises
 * @param iris its colour
 * @param lashes their colour
 */
record Eyes(double spacing, double size, double slant, Color iris, Color lashes)
    implements Feature {

  private static final Color WHITE = new Color(245, 245, 240);
  private static final Color PUPIL = new Color(15, 12, 12);

  static Eyes of(Identity who, Head head, Palette palette) {
    return new Eyes(
        spacing(who, head),
        who.between(2.5, 4, Trait.EYE_SIZE),
        who.between(-0.8, 1.1, Trait.EYE_SLANT),
        palette.iris(),
        Palette.darker(palette.shade(), 0.35));
  }

  /** How far eyes are from the middle. */
  static double spacing(Identity who, Head head) {
    return head.side() * who.between(0.42, 0.58, Trait.EYE_SPACING);
  }

  @Override
  public void paint(Sketch sketch, Shot shot) {
    for (int sign : new int[] {-1, 1}) {
      paint(sketch, sign, shot.expression());
    }
  }

  private void paint(Sketch sketch, int sign, Expression expression) {
    double x = sign * spacing;
    double y = Head.EYE_LINE;
    double open = size * 0.75 * expression.eyesOpen();
    double[] left = Sketch.at(x - size, y + sign * slant);
    double[] right = Sketch.at(x + size, y - sign * slant);
    Path2D lid = Sketch.curve(left, Sketch.at(x, y - 2 * open), right);
    Path2D eye = new Path2D.Double(lid);
    eye.quadTo(x, y + 1.6 * open, left[0], left[1]);
    sketch.fill(eye, WHITE);
    Sketch inside = sketch.within(eye, 0);
    double gaze = x + expression.gaze() * size * 0.35;
    inside.fill(Sketch.circle(gaze, y - 0.2, size * 0.55), iris);
    inside.fill(Sketch.circle(gaze, y - 0.2, size * 0.3), PUPIL);
    sketch.stroke(lid, lashes, 0.9, 0);
  }
}
