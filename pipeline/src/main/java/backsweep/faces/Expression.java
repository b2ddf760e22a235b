package backsweep.faces;

import java.util.random.RandomGenerator;

/**
 * What the face does.
 *
 * @param smile from -1, sad, to 1
 * @param mouthOpen from 0, closed, to 1
 * @param browLift from -1, down, to 1
 * @param eyesOpen from 0.15, nearly closed, to 1
 * @param gaze from -1, to the left of the image, to 1
 */
record Expression(double smile, double mouthOpen, double browLift, double eyesOpen, double gaze) {

  /** Nothing. */
  static final Expression NEUTRAL = new Expression(0, 0, 0, 0.9, 0);

  static Expression sample(RandomGenerator random) {
    double open = random.nextDouble(-0.8, 1);
    return new Expression(
        random.nextDouble(-0.5, 1),
        Math.max(0, open),
        random.nextDouble(-1, 1),
        random.nextDouble() < 0.07 ? 0.15 : random.nextDouble(0.6, 1),
        random.nextDouble(-1, 1));
  }
}
