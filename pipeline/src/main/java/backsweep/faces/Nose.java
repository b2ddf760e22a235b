package backsweep.faces;

import java.awt.geom.Path2D;

/**
 * A nose, which stands out of the face.
 *
 * @param bottom its end, below the middle of the head
 * @param width half of its width there
 * @param palette its colours
 */
record Nose(double bottom, double width, Palette palette) implements Feature {

  private static final double LIFT = 3;

  static Nose of(Identity who, Palette palette) {
    return new Nose(bottom(who), who.between(1.8, 4, Trait.NOSE_WIDTH), palette);
  }

  /** Where a nose ends, below the middle of the head. */
  static double bottom(Identity who) {
    return who.between(3.8, 7.2, Trait.NOSE_LENGTH);
  }

  @Override
  public void paint(Sketch sketch, Shot shot) {
    sketch.fill(ridge(), Palette.faint(palette.shade(), 0.45), LIFT / 2);
    sketch.fill(
        Sketch.ellipse(0, bottom - 0.9, width, 1.7),
        Palette.mix(palette.skin(), palette.shade(), 0.35),
        LIFT);
    sketch.stroke(
        Sketch.curve(
            Sketch.at(-width, bottom), Sketch.at(0, bottom + 1.6), Sketch.at(width, bottom)),
        Palette.faint(palette.shade(), 0.75),
        0.9,
        LIFT);
    for (int sign : new int[] {-1, 1}) {
      sketch.fill(
          Sketch.ellipse(sign * width * 0.5, bottom + 0.25, 0.6, 0.45),
          Palette.darker(palette.shade(), 0.5),
          LIFT);
    }
  }

  private Path2D ridge() {
    Path2D ridge = new Path2D.Double();
    ridge.moveTo(-0.8, -3);
    ridge.lineTo(0.2, -3);
    ridge.lineTo(-0.2, bottom - 1);
    ridge.lineTo(-width, bottom - 1);
    ridge.closePath();
    return ridge;
  }
}
