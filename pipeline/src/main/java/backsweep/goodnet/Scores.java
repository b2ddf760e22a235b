package backsweep.goodnet;

/**
 * What a network answers for one image. Immutable: scores are copied in and out.
 *
 * @param answer the class with the highest score; of several, the lowest
 * @param scores what it gives each class: probabilities, where it ends in a softmax
 */
@SuppressWarnings("ArrayRecordComponent") // a value to read, never compared
public record Scores(int answer, float[] scores) {

  /** Copies the scores. */
  public Scores {
    scores = scores.clone();
  }

  /** A copy of the scores, {@code (class)}. */
  @Override
  public float[] scores() {
    return scores.clone();
  }

  /** That of the class that it answers. */
  public float highest() {
    return scores[answer];
  }
}
