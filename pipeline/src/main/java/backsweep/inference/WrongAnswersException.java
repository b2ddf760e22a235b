package backsweep.inference;

import backsweep.images.ImageFileException;
import java.util.function.IntFunction;

/**
 * A detector whose outputs contradict each other, so that it is none: what it answers is not what
 * its networks and its own scores say. The message is one line.
 */
public class WrongAnswersException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int image;
  private final String contradiction;

  /**
   * A contradiction.
   *
   * @param image which of the images shows it that were asked about at a time
   * @param contradiction what was expected of the outputs, and what was found
   */
  public WrongAnswersException(int image, String contradiction) {
    this(image, "image " + image, contradiction);
  }

  private WrongAnswersException(int image, String name, String contradiction) {
    super(
        ImageFileException.line(
            ("the outputs of the detector contradict each other for %s: %s; if an earlier version"
                    + " wrote it, run defend again, into a new output")
                .formatted(name, contradiction)));
    this.image = image;
    this.contradiction = contradiction;
  }

  /** The same with a name for the image that a person knows it by. */
  public WrongAnswersException named(IntFunction<String> names) {
    return new WrongAnswersException(image, names.apply(image), contradiction);
  }
}
