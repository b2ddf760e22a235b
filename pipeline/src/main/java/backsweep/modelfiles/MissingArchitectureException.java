package backsweep.modelfiles;

import java.nio.file.Path;
import java.util.List;

/** A file that holds weights only was given without the architecture they belong to. */
public class MissingArchitectureException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says which file needs its architecture, and how to get one. */
  public MissingArchitectureException(Path file) {
    this(file.toString(), "");
  }

  /**
   * Says it with what there is.
   *
   * @param file on any file system
   * @param candidates files beside it that are architectures
   */
  public MissingArchitectureException(String file, List<String> candidates) {
    this(
        file,
        candidates.isEmpty()
            ? "; there is none in its folder"
            : "; in its folder there is " + String.join(", ", candidates));
  }

  private MissingArchitectureException(String file, String candidates) {
    super(
        ("%s: holds weights only, no architecture; give its architecture too, by --architecture"
                + " FILE, a JSON file with what model.to_json() returns in Keras%s")
            .formatted(file, candidates));
  }
}
