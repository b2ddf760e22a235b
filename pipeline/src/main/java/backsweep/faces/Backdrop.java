package backsweep.faces;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.random.RandomGenerator;

/**
 * What is behind the head.
 *
 * @param first a colour
 * @param second another one
 * @param seed of where things are
 */
record Backdrop(Color first, Color second, Seed seed) {

  private static final int BLOBS = 6;

  static Backdrop sample(Seed seed) {
    RandomGenerator random = seed.random();
    return new Backdrop(colour(random), colour(random), seed.under(0));
  }

  static Color colour(RandomGenerator random) {
    float hue = random.nextFloat();
    return Color.getHSBColor(hue, random.nextFloat(0.7f), random.nextFloat(0.15f, 0.95f));
  }

  /** Fills a canvas of so many pixels. */
  void paint(Graphics2D graphics, int width, int height) {
    RandomGenerator random = seed.random();
    graphics.setPaint(
        new GradientPaint(
            random.nextFloat(width), 0, first, random.nextFloat(width), height, second));
    graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    switch (random.nextInt(3)) {
      case 0 -> blobs(graphics, width, height, random);
      case 1 -> stripe(graphics, width, height, random);
      default -> {}
    }
  }

  private void blobs(Graphics2D graphics, int width, int height, RandomGenerator random) {
    for (int blob = 0; blob < BLOBS; blob++) {
      double size = random.nextDouble(4, 20);
      graphics.setPaint(colour(random));
      graphics.fill(
          new Ellipse2D.Double(
              random.nextDouble(width) - size / 2,
              random.nextDouble(height) - size / 2,
              size,
              size));
    }
  }

  private void stripe(Graphics2D graphics, int width, int height, RandomGenerator random) {
    graphics.setPaint(colour(random));
    graphics.fill(
        new Rectangle2D.Double(
            random.nextDouble(-10, width), 0, random.nextDouble(5, width), height));
  }
}
