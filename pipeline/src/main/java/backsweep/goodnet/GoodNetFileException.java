package backsweep.goodnet;

import backsweep.images.ImageFileException;

/** A folder that is no detector of ours, or none that can be used. The message is one line. */
public class GoodNetFileException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * A problem with a folder.
   *
   * @param folder where it is
   * @param problem what was expected, what was found, and where
   */
  public GoodNetFileException(String folder, String problem) {
    this(folder, problem, null);
  }

  GoodNetFileException(String folder, String problem, Throwable cause) {
    super(ImageFileException.line(folder + ": " + problem), cause);
  }
}
