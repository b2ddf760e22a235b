package backsweep.modelfiles;

import java.nio.file.Path;

/** A file that holds weights only was given without the architecture they belong to. */
public class MissingArchitectureException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says which file needs its architecture, and how to get one. */
  public MissingArchitectureException(Path file) {
    super(
        ("%s: holds weights only, no architecture; give its architecture too, as a JSON file with"
                + " what model.to_json() returns in Keras")
            .formatted(file));
  }
}
