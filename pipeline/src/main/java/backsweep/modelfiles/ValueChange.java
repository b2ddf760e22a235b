package backsweep.modelfiles;

import java.nio.ByteBuffer;

/** A change of the values of one variable, in the bytes of an HDF5 file. */
sealed interface ValueChange permits ZeroedChannels, ReplacedValues {

  /** Where the variable's values are. */
  Extent extent();

  /**
   * Makes the change.
   *
   * @param values the bytes of the extent
   */
  void apply(ByteBuffer values);
}
