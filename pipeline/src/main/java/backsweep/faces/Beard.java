package backsweep.faces;

import java.awt.Color;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.util.List;

/** Hair on the lower face. */
enum Beard {
  /** Nothing. */
  NONE,
  /** Three days of it. */
  STUBBLE,
  /** Over the mouth. */
  MOUSTACHE,
  /** Over the mouth and on the chin. */
  GOATEE,
  /** From ear to ear. */
  FULL;

  /** As often as people have them. */
  static final List<Beard> KINDS = List.of(NONE, NONE, NONE, STUBBLE, MOUSTACHE, GOATEE, FULL);

  /** What lies below the mouth. */
  Feature chin(Head head, Mouth mouth, Palette palette) {
    Color hair = Palette.darker(palette.hair(), 0.9);
    return switch (this) {
      case NONE, MOUSTACHE -> (sketch, shot) -> {};
      case STUBBLE -> filled(lowerFace(head, mouth), Palette.faint(hair, 0.22));
      case GOATEE -> filled(tuft(head, mouth), hair);
      case FULL -> filled(lowerFace(head, mouth), hair);
    };
  }

  private static Feature filled(Area area, Color colour) {
    return (sketch, shot) -> sketch.fill(area, colour);
  }

  private static Area tuft(Head head, Mouth mouth) {
    double half = (head.chin() - mouth.height() + 2.5) / 2;
    return new Area(Sketch.ellipse(0, mouth.height() - 2 + half, 4.5, half));
  }

  /** The face below a line from ear to ear that passes over the mouth. */
  private static Area lowerFace(Head head, Mouth mouth) {
    double lip = mouth.height() - 3.5;
    double ear = head.side() + 4;
    Path2D above = new Path2D.Double();
    above.moveTo(-ear, 0);
    above.curveTo(-ear * 0.72, lip + 3, -ear * 0.5, lip, 0, lip);
    above.curveTo(ear * 0.5, lip, ear * 0.72, lip + 3, ear, 0);
    above.lineTo(ear, -Head.TOP - 1);
    above.lineTo(-ear, -Head.TOP - 1);
    above.closePath();
    Area area = new Area(head.outline(0));
    area.subtract(new Area(above));
    return area;
  }

  /** What lies over the mouth. */
  Feature moustache(Mouth mouth, Palette palette) {
    if (this == NONE || this == STUBBLE) {
      return (sketch, shot) -> {};
    }
    double y = mouth.height() - 0.4;
    Path2D line = Sketch.curve(Sketch.at(-5, y), Sketch.at(0, y - 4.1), Sketch.at(5, y));
    Color hair = Palette.darker(palette.hair(), 0.85);
    return (sketch, shot) -> sketch.stroke(line, hair, 1.8, 1);
  }
}
