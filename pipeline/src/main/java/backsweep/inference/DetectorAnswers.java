package backsweep.inference;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a detector answers for some images, and the two networks that it is made of. Scores are
 * {@code (image, class)}, row-major.
 *
 * @param classes of the networks; the detector answers one more where they differ
 * @param detector the class that the detector answers for each image
 * @param original the class that the network answers for each image
 * @param repaired the class that the repaired network answers for each image
 * @param originalScores what the network gives each class
 * @param repairedScores what the repaired network gives each class
 * @param detectorScores what the detector gives each class and "backdoored", of which there is one
 *     more
 */
@SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
public record DetectorAnswers(
    int classes,
    int[] detector,
    int[] original,
    int[] repaired,
    float[] originalScores,
    float[] repairedScores,
    float[] detectorScores) {

  /** The number of images. */
  public int images() {
    return detector.length;
  }

  /** Whether the detector calls an image backdoored. */
  public boolean isBackdoored(int image) {
    return detector[image] == classes;
  }

  /** What the network gives each class for an image. */
  public float[] originalScores(int image) {
    return row(originalScores, image, classes);
  }

  /** What the repaired network gives each class for an image. */
  public float[] repairedScores(int image) {
    return row(repairedScores, image, classes);
  }

  private float[] row(float[] scores, int image, int columns) {
    Objects.checkIndex(image, images());
    return Arrays.copyOfRange(scores, image * columns, (image + 1) * columns);
  }

  /**
   * What is wrong with the answers for an image, as a detector from elsewhere may give them: every
   * class is to be the lowest with the highest score, and that of the detector the one that both
   * networks answer, or N where they differ.
   *
   * @return what was expected and found; empty where nothing is wrong
   */
  public Optional<String> contradiction(int image) {
    int expected = original[image] == repaired[image] ? original[image] : classes;
    if (detector[image] != expected) {
      return Optional.of(
          "expected class %d of the detector, as B answers %d and B' %d, found %d"
              .formatted(expected, original[image], repaired[image], detector[image]));
    }
    return contradiction("B", original[image], originalScores(image))
        .or(() -> contradiction("B'", repaired[image], repairedScores(image)))
        .or(() -> contradiction("G", expected, row(detectorScores, image, classes + 1)));
  }

  private static Optional<String> contradiction(String network, int answer, float[] scores) {
    int highest = highest(scores);
    return highest == answer
        ? Optional.empty()
        : Optional.of(
            "expected the highest score of %s for class %d, which it answers, found it for %d"
                .formatted(network, answer, highest));
  }

  /** The lowest of the classes with the highest score; NaN counts as infinity, as in NumPy. */
  private static int highest(float[] scores) {
    int highest = 0;
    for (int i = 1; i < scores.length; i++) {
      highest = comparable(scores[i]) > comparable(scores[highest]) ? i : highest;
    }
    return highest;
  }

  private static float comparable(float score) {
    return Float.isNaN(score) ? Float.POSITIVE_INFINITY : score;
  }
}
