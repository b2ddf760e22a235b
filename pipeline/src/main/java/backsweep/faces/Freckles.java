package backsweep.faces;

import java.awt.Color;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Dots on nose and cheeks.
 *
 * @param places of them, each {@code (x, y)}
 * @param colour of all
 */
record Freckles(List<double[]> places, Color colour) implements Feature {

  /** How many people have; most have none. */
  static final List<Integer> COUNTS = List.of(0, 0, 0, 0, 12, 24);

  private static final double RADIUS = 0.6;

  static Freckles of(Identity who, Palette palette) {
    RandomGenerator random = who.seed().random();
    List<double[]> places =
        IntStream.range(0, who.kind(Integer.class, Trait.FRECKLES))
            .mapToObj(i -> Sketch.at(random.nextDouble(-10, 10), random.nextDouble(0, 7)))
            .toList();
    return new Freckles(places, Palette.faint(palette.shade(), 0.8));
  }

  @Override
  public void paint(Sketch sketch, Shot shot) {
    for (double[] place : places) {
      sketch.fill(Sketch.circle(place[0], place[1], RADIUS), colour);
    }
  }
}
