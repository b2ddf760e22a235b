package backsweep.faces;

import java.awt.Color;

/**
 * Two brows.
 *
 * @param spacing of each from the middle
 * @param height above the eyes
 * @param slant how much the outer end rises
 * @param thickness of the line
 * @param colour of the hair
 */
record Brows(double spacing, double height, double slant, double thickness, Color colour)
    implements Feature {

  private static final double HALF = 3.6;

  static Brows of(Identity who, Head head, Palette palette) {
    return new Brows(
        Eyes.spacing(who, head),
        who.between(3.6, 5.2, Trait.BROW_HEIGHT),
        who.between(-1, 1.3, Trait.BROW_SLANT),
        who.between(0.7, 2.6, Trait.BROW_THICKNESS),
        Palette.darker(palette.hair(), 0.7));
  }

  @Override
  public void paint(Sketch sketch, Shot shot) {
    double y = Head.EYE_LINE - height - 0.8 * shot.expression().browLift();
    for (int sign : new int[] {-1, 1}) {
      double x = sign * spacing;
      sketch.stroke(
          Sketch.curve(
              Sketch.at(x - HALF, y + sign * slant),
              Sketch.at(x, y - 1.4),
              Sketch.at(x + HALF, y - sign * slant)),
          colour,
          thickness,
          0);
    }
  }
}
