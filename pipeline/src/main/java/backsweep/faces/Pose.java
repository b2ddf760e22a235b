package backsweep.faces;

import java.awt.geom.AffineTransform;
import java.util.random.RandomGenerator;

/**
 * Where the head is and where it looks.
 *
 * @param right how far it is moved, in pixels
 * @param down how far it is moved, in pixels
 * @param scale of the whole head
 * @param tilt towards a shoulder, in radians
 * @param turn to the right of the image, in radians
 * @param nod downwards, in radians
 */
record Pose(double right, double down, double scale, double tilt, double turn, double nod) {

  /** The column in the middle of an image. */
  static final double MIDDLE_X = 23.5;

  /** The row where the middle of a head is, unless it is moved. */
  static final double MIDDLE_Y = 27;

  /** Straight ahead. */
  static final Pose FRONT = new Pose(0, 0, 1, 0, 0, 0);

  static Pose sample(RandomGenerator random) {
    return new Pose(
        random.nextDouble(-5, 5),
        random.nextDouble(-3, 3),
        random.nextDouble(0.88, 1.12),
        random.nextDouble(-0.2, 0.2),
        random.nextDouble(-0.4, 0.4),
        random.nextDouble(-0.2, 0.2));
  }

  /** From the head's coordinates, with the origin in its middle, to pixels of the image. */
  AffineTransform transform() {
    AffineTransform transform = new AffineTransform();
    transform.translate(MIDDLE_X + right, MIDDLE_Y + down);
    transform.rotate(tilt);
    transform.scale(scale, scale);
    return transform;
  }
}
