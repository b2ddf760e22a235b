package backsweep.stages;

import backsweep.images.ImageShape;
import backsweep.images.Role;
import backsweep.stages.DefenceRequest.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Image files that were looked at for one network, and need not be for another that takes them. */
final class KnownSources {

  private final Map<Looked, ImageSource> sources = new HashMap<>();

  /**
   * How a file was looked at: all that what is found depends on.
   *
   * @param shape of the images that the network takes
   * @param classes of the network
   */
  record Looked(
      String name, Role role, String path, ImageShape shape, int classes, Reading reading) {}

  /** What was found then, or is found now. */
  ImageSource find(Looked how, Supplier<ImageSource> look) {
    ImageSource known = sources.get(how);
    if (known == null) {
      known = look.get();
      sources.put(how, known);
    }
    return known;
  }
}
