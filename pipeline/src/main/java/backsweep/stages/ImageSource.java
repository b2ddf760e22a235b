package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.images.Role;
import java.io.Serializable;

/**
 * An image set and the file it is read from.
 *
 * @param set the set
 * @param path the file, on any Hadoop path
 * @param hasTrueLabels whether it says what the images show beside their labels
 */
public record ImageSource(ImageSet set, String path, boolean hasTrueLabels)
    implements Serializable {

  /** Whether poisoned images are known to show something else than their labels say. */
  boolean knowsTrueLabels() {
    return hasTrueLabels && set.role() == Role.POISONED;
  }
}
