package backsweep.faces;

import java.awt.Color;
import java.awt.geom.Path2D;

/**
 * A mouth.
 *
 * @param height below the middle of the head
 * @param width half of its width
 * @param full how thick the lips are
 * @param colour of the lips
 */
record Mouth(double height, double width, double full, Color colour) implements Feature {

  private static final Color INSIDE = new Color(70, 20, 24);
  private static final Color TEETH = new Color(240, 236, 226);
  private static final double LIFT = 1;
  private static final double LEAST_OPEN = 0.4;

  static Mouth of(Identity who, Head head, Palette palette) {
    double nose = Nose.bottom(who);
    return new Mouth(
        nose + (head.chin() - nose) * who.between(0.36, 0.5, Trait.MOUTH_HEIGHT),
        who.between(3.6, 6.6, Trait.MOUTH_WIDTH),
        who.between(0.8, 2.3, Trait.LIP_FULLNESS),
        palette.lips());
  }

  @Override
  public void paint(Sketch sketch, Shot shot) {
    Expression expression = shot.expression();
    double half = width * (1 + 0.15 * expression.smile());
    double corner = height - 1.6 * expression.smile();
    double open = 3.2 * expression.mouthOpen();
    sketch.fill(lens(half, corner, height - full * 1.5, height + open + full * 2.1), colour, LIFT);
    if (open > LEAST_OPEN) {
      Path2D inside = lens(half * 0.82, corner, height - 0.3, height + open * 1.6);
      sketch.fill(inside, INSIDE, LIFT);
      sketch
          .within(inside, LIFT)
          .fill(lens(half, corner - 1, height - 2, height + open * 0.5), TEETH, LIFT);
    } else {
      sketch.stroke(
          Sketch.curve(
              Sketch.at(-half, corner),
              Sketch.at(0, height + 0.9 * expression.smile()),
              Sketch.at(half, corner)),
          Palette.darker(colour, 0.5),
          0.8,
          LIFT);
    }
  }

  private static Path2D lens(double width, double corner, double upper, double lower) {
    Path2D lens =
        Sketch.curve(Sketch.at(-width, corner), Sketch.at(0, upper), Sketch.at(width, corner));
    lens.quadTo(0, lower, -width, corner);
    lens.closePath();
    return lens;
  }
}
