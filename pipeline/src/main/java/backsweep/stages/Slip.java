package backsweep.stages;

/**
 * Something that looks like a slip in the input, and what to try. It is a guess: nothing fails.
 *
 * @param imageSet the set where it shows
 * @param found what shows
 * @param advice what to try
 */
public record Slip(String imageSet, String found, String advice) {

  /** All of it, in one line. */
  public String text() {
    return "%s: %s. %s".formatted(imageSet, found, advice);
  }
}
