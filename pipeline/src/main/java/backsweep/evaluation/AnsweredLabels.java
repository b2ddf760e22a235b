package backsweep.evaluation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a network's answers on some images lie to their labels, as counts: what a slip in the input
 * looks like.
 *
 * @param images how many, at least 1
 * @param hits answers equal to the label
 * @param below answers equal to the label - 1
 * @param above answers equal to the label + 1
 * @param usual the class that is answered most often, of several the lowest
 * @param usualAnswers how often it is
 * @param usualLabels how many images have the label that most have
 */
public record AnsweredLabels(
    long images,
    long hits,
    long below,
    long above,
    int usual,
    long usualAnswers,
    long usualLabels) {

  /**
   * The counts of some images.
   *
   * @param labels of each image, at least one
   * @param answers to each image
   */
  public static AnsweredLabels of(int[] labels, int[] answers) {
    if (labels.length == 0 || labels.length != answers.length) {
      throw new IllegalArgumentException(
          "expected a label for each answer, found %d and %d"
              .formatted(labels.length, answers.length));
    }
    Map.Entry<Integer, Long> usual = mostOften(answers);
    return new AnsweredLabels(
        labels.length,
        shifted(labels, answers, 0),
        shifted(labels, answers, -1),
        shifted(labels, answers, 1),
        usual.getKey(),
        usual.getValue(),
        mostOften(labels).getValue());
  }

  private static long shifted(int[] labels, int[] answers, int by) {
    long count = 0;
    for (int image = 0; image < labels.length; image++) {
      count += answers[image] == labels[image] + by ? 1 : 0;
    }
    return count;
  }

  private static Map.Entry<Integer, Long> mostOften(int[] classes) {
    Map<Integer, Long> counts = new TreeMap<>();
    Arrays.stream(classes).forEach(one -> counts.merge(one, 1L, Long::sum));
    Map.Entry<Integer, Long> most = Map.entry(0, 0L);
    for (Map.Entry<Integer, Long> one : counts.entrySet()) {
      most = one.getValue() > most.getValue() ? one : most;
    }
    return most;
  }

  /** Answers equal to the label. */
  public Share right() {
    return new Share(hits, images);
  }

  /** Answers that are the label shifted. */
  public Share shifted(LabelShift shift) {
    return new Share(
        switch (shift) {
          case NONE -> hits;
          case FROM_ONE -> below;
          case BELOW_ZERO -> above;
        },
        images);
  }

  /** Answers of the class that is answered most often. */
  public Share answeredUsual() {
    return new Share(usualAnswers, images);
  }

  /** Whether at least half of the images have labels other than the most common. */
  public boolean hasVariedLabels() {
    return 2 * usualLabels <= images;
  }
}
