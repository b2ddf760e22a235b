package backsweep.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files that Keras made, or scripts did in its place, which are kept with the tests. */
public final class KerasFiles {

  private KerasFiles() {}

  /** A file by its path in the folder {@code keras} of the resources. */
  public static Path path(String name) {
    try {
      return Path.of(KerasFiles.class.getResource("/keras/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
