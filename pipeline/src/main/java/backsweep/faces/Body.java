package backsweep.faces;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** What is below a head; it neither turns nor nods. */
record Body(Head head, Palette palette) {

  private static final double COLLAR = 23;

  /** Shoulders in clothes, which are others every time. */
  Feature shoulders() {
    Path2D path = new Path2D.Double();
    path.moveTo(-32, 50);
    path.quadTo(-25, COLLAR + 2, -8, COLLAR);
    path.lineTo(8, COLLAR);
    path.quadTo(25, COLLAR + 2, 32, 50);
    path.closePath();
    return (sketch, shot) -> sketch.fillBelow(path, shot.clothes());
  }

  /** A neck, in the shadow of the chin. */
  Feature neck() {
    double half = head.side() * 0.5;
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    path.append(new Rectangle2D.Double(-half, 10, 2 * half, COLLAR - 7), false);
    path.append(Sketch.ellipse(0, COLLAR + 2, half, 3), false);
    return (sketch, shot) -> sketch.fillBelow(path, palette.shade());
  }
}
