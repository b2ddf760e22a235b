package backsweep.faces;

import backsweep.faces.HairStyle.Hairline;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Hair on a head.
 *
 * @param style how it is worn
 * @param volume how many pixels wider than the head it is
 * @param head below it
 * @param colour of it
 */
record Hair(HairStyle style, double volume, Head head, Color colour) {

  private static final int CURLS = 13;
  private static final int SPIKES = 7;

  static Hair of(Identity who, Head head, Palette palette) {
    HairStyle style = who.kind(HairStyle.class, Trait.HAIR_STYLE);
    double volume = style.extra() * who.between(0.7, 1.3, Trait.HAIR_VOLUME);
    return new Hair(style, volume, head, palette.hair());
  }

  /** What is behind the head. */
  Feature behind() {
    Color dark = Palette.darker(colour, 0.75);
    return switch (style.shape()) {
      case CURLS -> filled(curls(), dark, -4);
      case BUN -> filled(Sketch.circle(0, -Head.TOP - 2.5, 4.5), dark, -2);
      default -> style.back() > 0 ? filled(curtain(style.back()), dark, -4) : (sketch, shot) -> {};
    };
  }

  /** What lies on the head. */
  Feature onTop() {
    return switch (style.shape()) {
      case NONE -> (sketch, shot) -> {};
      case WREATH -> filled(wreath(), colour, 0);
      case STRIP -> filled(strip(), colour, 0);
      case CAP, BUN, CURLS -> filled(cap(), colour, 0);
      case SPIKES -> filled(spiked(cap()), colour, 0);
    };
  }

  private static Feature filled(Shape shape, Color colour, double lift) {
    return (sketch, shot) -> sketch.fill(shape, colour, lift);
  }

  private Path2D curls() {
    double side = head.side() + volume;
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    for (int curl = 0; curl < CURLS; curl++) {
      double angle = Math.PI * (0.93 + 1.14 * curl / (CURLS - 1));
      double x = Math.cos(angle) * (side - 2);
      double y = -4 + Math.sin(angle) * (Head.TOP + volume - 6);
      path.append(Sketch.circle(x, y, 5), false);
    }
    path.append(Sketch.ellipse(0, 2 - volume, side - 1, Head.TOP), false);
    return path;
  }

  private Path2D curtain(double bottom) {
    double side = head.side() + volume;
    double crown = -Head.TOP - volume * 0.5;
    Path2D path = new Path2D.Double();
    path.moveTo(-side, bottom);
    path.lineTo(-side, -3);
    path.curveTo(-side, crown * 0.7, -side * 0.55, crown, 0, crown);
    path.curveTo(side * 0.55, crown, side, crown * 0.7, side, -3);
    path.lineTo(side, bottom);
    path.quadTo(0, bottom + 4, -side, bottom);
    path.closePath();
    return path;
  }

  /** The skull above the hairline. */
  private Area cap() {
    double edge = head.side() + volume + 1;
    double sides = style.hairline().sides();
    Area cap = new Area(head.outline(Math.max(0.3, volume)));
    cap.subtract(new Area(belowHairline()));
    cap.intersect(new Area(new Rectangle2D.Double(-edge, -40, 2 * edge, 40 - sides)));
    return cap;
  }

  private Path2D belowHairline() {
    Hairline line = style.hairline();
    double temple = head.side() - 1.6;
    double half = temple * 0.5;
    Path2D path = new Path2D.Double();
    path.moveTo(-temple, 40);
    path.lineTo(-temple, -line.sides());
    path.curveTo(-temple, -line.left(), -temple * 0.7, -line.left(), -half, -line.left());
    path.quadTo(0, (line.left() + line.right()) / 2 - 2 * line.middle(), half, -line.right());
    path.curveTo(temple * 0.7, -line.right(), temple, -line.right(), temple, -line.sides());
    path.lineTo(temple, 40);
    path.closePath();
    return path;
  }

  private Area spiked(Area cap) {
    Path2D path = new Path2D.Double();
    path.moveTo(-head.side(), -8);
    for (int spike = 0; spike < SPIKES; spike++) {
      double tip = 2.0 * (spike + 0.5) / SPIKES - 1;
      path.lineTo(tip * head.side() * 1.15, skull(tip) - 2.5 - 2.5 * volume);
      double next = 2.0 * (spike + 1) / SPIKES - 1;
      path.lineTo(next * head.side(), skull(next));
    }
    path.closePath();
    cap.add(new Area(path));
    return cap;
  }

  /** The height of the skull from its left, -1, to its right, 1. */
  private static double skull(double across) {
    return -Head.TOP * Math.sqrt(1 - 0.75 * across * across);
  }

  private static Path2D strip() {
    double crown = -Head.TOP - 7;
    Path2D path = new Path2D.Double();
    path.moveTo(-3.5, -11);
    path.quadTo(-4.5, crown, 0, crown);
    path.quadTo(4.5, crown, 3.5, -11);
    path.quadTo(0, -13, -3.5, -11);
    path.closePath();
    return path;
  }

  /** What is left of a cap on a bald head. */
  private Area wreath() {
    Area wreath = new Area(head.outline(1.5));
    AffineTransform narrower = AffineTransform.getScaleInstance(0.84, 1);
    wreath.subtract(new Area(narrower.createTransformedShape(head.outline(1.5))));
    wreath.intersect(new Area(new Rectangle2D.Double(-40, -12, 80, 14)));
    return wreath;
  }
}
