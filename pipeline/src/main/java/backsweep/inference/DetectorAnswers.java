package backsweep.inference;

import java.util.Arrays;
import java.util.Objects;

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
 */
@SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
public record DetectorAnswers(
    int classes,
    int[] detector,
    int[] original,
    int[] repaired,
    float[] originalScores,
    float[] repairedScores) {

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
    return row(originalScores, image);
  }

  /** What the repaired network gives each class for an image. */
  public float[] repairedScores(int image) {
    return row(repairedScores, image);
  }

  private float[] row(float[] scores, int image) {
    Objects.checkIndex(image, images());
    return Arrays.copyOfRange(scores, image * classes, (image + 1) * classes);
  }
}
