package backsweep.images;

import java.nio.file.Path;

/** A file of images that is broken or cannot be used. */
public class ImageFileException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * A problem with a file.
   *
   * @param file the file
   * @param problem what was expected, what was found, and where in the file
   */
  public ImageFileException(Path file, String problem) {
    this(file.toString(), problem, null);
  }

  /**
   * A problem with a file or folder on any file system.
   *
   * @param path of it
   * @param problem what was expected, what was found, and where
   */
  public ImageFileException(String path, String problem) {
    this(path, problem, null);
  }

  /**
   * A problem with a file or folder on any file system, and its cause.
   *
   * @param path of it
   * @param problem what was expected, what was found, and where
   * @param cause what was thrown
   */
  public ImageFileException(String path, String problem, Throwable cause) {
    super(line(path + ": " + problem), cause);
  }

  /**
   * A problem with a file, and its cause.
   *
   * @param file the file
   * @param problem what was expected, what was found, and where in the file
   * @param cause what was thrown
   */
  public ImageFileException(Path file, String problem, Throwable cause) {
    this(file.toString(), problem, cause);
  }

  /**
   * A text on one line: names of files, and what is in them, must not reach a terminal as their
   * control characters, those beyond ASCII and those that turn the direction of text included.
   */
  public static String line(String text) {
    return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
