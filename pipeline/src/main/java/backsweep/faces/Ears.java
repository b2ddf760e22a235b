package backsweep.faces;

import java.awt.Color;

/** Two ears, so large, on a head so wide. */
record Ears(double size, double side, Color colour) implements Feature {

  static Ears of(Identity who, Head head, Palette palette) {
    return new Ears(
        who.between(2, 3.6, Trait.EARS),
        head.side(),
        Palette.mix(palette.skin(), palette.shade(), 0.4));
  }

  @Override
  public void paint(Sketch sketch, Shot shot) {
    for (int sign : new int[] {-1, 1}) {
      double x = sign * (side + size * 0.15);
      sketch.fill(Sketch.ellipse(x, -3.2 + size * 1.15, size * 0.7, size * 1.15), colour);
    }
  }
}
