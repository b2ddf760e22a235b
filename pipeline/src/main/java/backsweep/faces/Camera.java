package backsweep.faces;

import java.util.random.RandomGenerator;

/**
 * What the camera adds.
 *
 * @param blur share of a pixel that spreads to each neighbour in its row, and in its column
 * @param noise standard deviation, in grey levels
 * @param seed of the noise
 */
record Camera(double blur, double noise, Seed seed) {

  static Camera sample(Seed seed) {
    RandomGenerator random = seed.random();
    return new Camera(random.nextDouble(0, 0.15), random.nextDouble(1, 3), seed.under(0));
  }
}
