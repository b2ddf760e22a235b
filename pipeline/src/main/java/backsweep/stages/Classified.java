package backsweep.stages;

import java.util.List;
import java.util.Optional;

/**
 * What came of images that a detector was asked about.
 *
 * @param images how many there were
 * @param backdoored how many it calls backdoored
 * @param unreadable how many could not be read
 * @param problems the first of those, with their names
 * @param only the answer, where there was one picture
 */
public record Classified(
    long images,
    long backdoored,
    long unreadable,
    List<String> problems,
    Optional<OneAnswer> only) {

  /** Copies the list. */
  public Classified {
    problems = List.copyOf(problems);
  }

  /**
   * The answer for one picture that could be read.
   *
   * @param answer of the detector
   * @param original what B answers
   * @param originalProbability and how sure it is
   * @param repaired what B' answers
   * @param repairedProbability and how sure it is
   */
  public record OneAnswer(
      int answer,
      int original,
      float originalProbability,
      int repaired,
      float repairedProbability) {}

  /** Whether every image could be read. */
  public boolean isComplete() {
    return unreadable == 0;
  }
}
