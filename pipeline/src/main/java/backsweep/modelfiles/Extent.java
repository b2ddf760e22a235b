package backsweep.modelfiles;

import backsweep.keras.KerasFileException;
import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ContiguousDataset;

/**
 * Where in an HDF5 file the values of a contiguous data set lie.
 *
 * @param offset the first byte, counted from the beginning of the file
 * @param length bytes of all values
 */
record Extent(long offset, long length) {

  /**
   * The extent of a data set.
   *
   * @throws KerasFileException if it has none, or one that is not all in the file
   */
  static Extent of(HdfFile file, ContiguousDataset dataset, String where) {
    return HdfCall.ask(where, "values in this file", () -> checked(file, dataset, where));
  }

  private static Extent checked(HdfFile file, ContiguousDataset dataset, String where) {
    if (dataset.isEmpty()) {
      throw new KerasFileException(where, "values in this file", "none");
    }
    long offset = Math.addExact(dataset.getDataAddress(), file.getUserBlockSize());
    long length = dataset.getSizeInBytes();
    if (offset < 0 || length < 0 || Math.addExact(offset, length) > file.size()) {
      throw new KerasFileException(
          where,
          "%d bytes of values at byte %d".formatted(length, offset),
          "a file of " + file.size() + " bytes");
    }
    return new Extent(offset, length);
  }
}
