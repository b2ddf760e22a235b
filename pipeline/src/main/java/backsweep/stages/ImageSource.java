package backsweep.stages;

import backsweep.images.ImageLayout;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * An image set and where it is read from.
 *
 * @param set the set
 * @param path the file or folder, on any Hadoop path
 * @param kind how it is read
 * @param hasTrueLabels whether it says what the images show beside their labels
 * @param onlyLabel the label of all images; -1 where they have several, or nobody has looked
 */
public record ImageSource(
    ImageSet set, String path, SourceKind kind, boolean hasTrueLabels, int onlyLabel)
    implements Serializable {

  private static final int SEVERAL = -1;

  /** A set that is read from an HDF5 file in the labs' layout. */
  public ImageSource(ImageSet set, String path, boolean hasTrueLabels) {
    this(set, path, new SourceKind.Hdf5(set.sha256(), ImageLayout.NCHW), hasTrueLabels, SEVERAL);
  }

  /** The label that all images have, or that they have several. */
  static int onlyLabel(IntStream labels) {
    int[] different = labels.distinct().limit(2).toArray();
    return different.length == 1 ? different[0] : SEVERAL;
  }

  /** Whether images have different labels. */
  boolean hasSeveralLabels() {
    return onlyLabel == SEVERAL;
  }

  /** Whether poisoned images are known to show something else than their labels say. */
  boolean knowsTrueLabels() {
    return hasTrueLabels && set.role() == Role.POISONED;
  }
}
