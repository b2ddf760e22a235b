package backsweep.faces;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;

/**
 * A head in depth: shapes drawn flat on its face move and narrow as it turns and nods. The face is
 * a paraboloid over its outline.
 */
record Relief(Head head, Pose pose) {

  private static final double DEPTH = 0.8;

  /** A flat shape as it looks on the head, so many pixels above its surface. */
  Path2D bend(Shape flat, double lift) {
    Path2D bent = new Path2D.Double();
    double[] points = new double[6];
    for (PathIterator i = flat.getPathIterator(null); !i.isDone(); i.next()) {
      int kind = i.currentSegment(points);
      for (int at = 0; at < points.length; at += 2) {
        bend(points, at, lift);
      }
      append(bent, kind, points);
    }
    return bent;
  }

  private void bend(double[] points, int at, double lift) {
    double x = points[at];
    double y = points[at + 1];
    double across = x / head.side();
    double along = y / (y < 0 ? Head.TOP : head.chin());
    double height = lift + DEPTH * head.side() * Math.max(0, 1 - across * across - along * along);
    points[at] = x * Math.cos(pose.turn()) + height * Math.sin(pose.turn());
    points[at + 1] = y * Math.cos(pose.nod()) + height * Math.sin(pose.nod());
  }

  private static void append(Path2D path, int kind, double[] p) {
    switch (kind) {
      case PathIterator.SEG_MOVETO -> path.moveTo(p[0], p[1]);
      case PathIterator.SEG_LINETO -> path.lineTo(p[0], p[1]);
      case PathIterator.SEG_QUADTO -> path.quadTo(p[0], p[1], p[2], p[3]);
      case PathIterator.SEG_CUBICTO -> path.curveTo(p[0], p[1], p[2], p[3], p[4], p[5]);
      default -> path.closePath();
    }
  }
}
