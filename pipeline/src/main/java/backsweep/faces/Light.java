package backsweep.faces;

import java.util.random.RandomGenerator;

/**
 * The light on the head: some from everywhere, some from one direction, of some colour.
 *
 * @param towards the lamp from the head, {@code (right, down, out of the image)}, of length 1
 * @param directed share of the light that comes from the lamp
 * @param exposure brightness of it all
 * @param red factor
 * @param blue factor
 */
record Light(Direction towards, double directed, double exposure, double red, double blue) {

  /** From everywhere. */
  static final Light EVEN = new Light(new Direction(0, 0, 1), 0, 1, 1, 1);

  /** A direction in space, {@code (right, down, out of the image)}, of length 1. */
  record Direction(double right, double down, double out) {}

  static Light sample(RandomGenerator random) {
    double side = random.nextDouble(-1.3, 1.3);
    double up = random.nextDouble(-0.2, 0.9);
    Direction towards =
        new Direction(Math.sin(side) * Math.cos(up), -Math.sin(up), Math.cos(side) * Math.cos(up));
    double warmth = random.nextDouble(-0.16, 0.16);
    return new Light(
        towards,
        random.nextDouble(0.1, 0.55),
        random.nextDouble(0.7, 1.25),
        1 + warmth,
        1 - warmth);
  }

  /** How bright a surface is that looks in a direction. */
  double on(double right, double down, double out) {
    double lit = right * towards.right + down * towards.down + out * towards.out;
    return exposure * (1 - directed + directed * 1.6 * Math.max(0, lit));
  }
}
