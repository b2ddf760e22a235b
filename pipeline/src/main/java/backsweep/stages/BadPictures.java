package backsweep.stages;

import backsweep.images.ImageFileException;
import java.util.List;

/** The pictures of a folder that cannot be used, told on one line whatever files are called. */
final class BadPictures {

  private static final int NAMED = 5;

  private BadPictures() {}

  /**
   * Refuses a folder with bad pictures.
   *
   * @param pictures how many it has
   * @param problems with the names of files
   * @throws ImageFileException if there are any; it names the first few
   */
  static void check(String folder, int pictures, List<String> problems) {
    if (problems.isEmpty()) {
      return;
    }
    String named = String.join("; ", problems.subList(0, Math.min(NAMED, problems.size())));
    int rest = problems.size() - NAMED;
    throw new ImageFileException(
        folder,
        "expected %d pictures that the network can look at, found %d that it cannot: %s%s"
            .formatted(
                pictures, problems.size(), named, rest > 0 ? "; and %d more".formatted(rest) : ""));
  }
}
