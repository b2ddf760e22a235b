package backsweep.stages;

import backsweep.images.ImageLayout;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import java.io.Serializable;

/**
 * An image set and where it is read from.
 *
 * @param set the set
 * @param path the file or folder, on any Hadoop path
 * @param kind how it is read
 * @param hasTrueLabels whether it says what the images show beside their labels
 */
public record ImageSource(ImageSet set, String path, SourceKind kind, boolean hasTrueLabels)
    implements Serializable {

  /** A set that is read from an HDF5 file in the labs' layout. */
  public ImageSource(ImageSet set, String path, boolean hasTrueLabels) {
    this(set, path, new SourceKind.Hdf5(set.sha256(), ImageLayout.NCHW), hasTrueLabels);
  }

  /** Whether poisoned images are known to show something else than their labels say. */
  boolean knowsTrueLabels() {
    return hasTrueLabels && set.role() == Role.POISONED;
  }
}
