package backsweep.goodnet;

/**
 * What the detector G answers for one image, and why.
 *
 * @param answer the class that both networks answer, 0 to N-1, or N, "backdoored", where they
 *     differ
 * @param original what the network B answers
 * @param repaired what the repaired network B' answers
 */
public record Answer(int answer, Scores original, Scores repaired) {

  /** Whether the detector calls the image backdoored. */
  public boolean isBackdoored() {
    return original.answer() != repaired.answer();
  }
}
