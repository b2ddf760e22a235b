package backsweep.jobs;

import backsweep.faces.FaceSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * What {@code images faces} was asked for, read from the configuration in one go.
 *
 * @param identities how many people
 * @param perIdentity images of each in every set
 * @param seed of everything random
 * @param format of the files
 * @param output the directory
 * @param progress how it is shown how far the drawing is
 */
record FacesSettings(
    int identities,
    Map<FaceSet, Integer> perIdentity,
    long seed,
    Format format,
    String output,
    ProgressDisplay.Settings progress) {

  private static final int MOST_IDENTITIES = 1_000_000;

  /** What images are written as. */
  enum Format {
    /** A file for each set. */
    HDF5,
    /** A folder for each set, in it one for each class. */
    FOLDER
  }

  /**
   * Reads the settings.
   *
   * @throws UsageException with every problem there is
   */
  static FacesSettings read(Configuration configuration) {
    int identities = configuration.integer("identities", 2, MOST_IDENTITIES);
    Map<FaceSet, Integer> perIdentity = new EnumMap<>(FaceSet.class);
    for (FaceSet set : FaceSet.values()) {
      int most = Integer.MAX_VALUE / 2 / identities;
      perIdentity.put(set, configuration.integer(set.fileName(), 1, most));
    }
    long seed = configuration.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    Format format =
        configuration.choice("format", Map.of("hdf5", Format.HDF5, "folder", Format.FOLDER));
    String output = configuration.required("output");
    ProgressDisplay.Settings progress = ProgressDisplay.Settings.read(configuration);
    configuration.check();
    return new FacesSettings(identities, perIdentity, seed, format, output, progress);
  }
}
