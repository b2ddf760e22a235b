package backsweep.faces;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * Draws on a head: shapes are given as they lie on a face that looks straight ahead.
 *
 * @param graphics in the head's coordinates
 * @param relief that bends them
 */
record Sketch(Graphics2D graphics, Relief relief) {

  /** Fills a shape on the surface of the face. */
  void fill(Shape shape, Color colour) {
    fill(shape, colour, 0);
  }

  /** Fills a shape so many pixels above the face, or below. */
  void fill(Shape shape, Color colour, double lift) {
    graphics.setPaint(colour);
    graphics.fill(relief.bend(shape, lift));
  }

  /** Fills a shape that neither turns nor nods with the head. */
  void fillBelow(Shape shape, Color colour) {
    graphics.setPaint(colour);
    graphics.fill(shape);
  }

  /** Draws a line along a shape so many pixels above the face. */
  void stroke(Shape shape, Color colour, double width, double lift) {
    graphics.setPaint(colour);
    graphics.setStroke(Canvas.line(width));
    graphics.draw(relief.bend(shape, lift));
  }

  /** A sketch that draws only within a shape on the face. */
  Sketch within(Shape shape, double lift) {
    Graphics2D clipped = (Graphics2D) graphics.create();
    clipped.clip(relief.bend(shape, lift));
    return new Sketch(clipped, relief);
  }

  /** A curve from one point to another, drawn towards a point between them. */
  static Path2D curve(double[] from, double[] towards, double[] to) {
    Path2D path = new Path2D.Double();
    path.moveTo(from[0], from[1]);
    path.quadTo(towards[0], towards[1], to[0], to[1]);
    return path;
  }

  /** A point; y points down. */
  static double[] at(double x, double y) {
    return new double[] {x, y};
  }

  /** A circle around a point. */
  static Ellipse2D circle(double x, double y, double radius) {
    return ellipse(x, y, radius, radius);
  }

  /** An ellipse around a point. */
  static Ellipse2D ellipse(double x, double y, double halfWidth, double halfHeight) {
    return new Ellipse2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
  }
}
