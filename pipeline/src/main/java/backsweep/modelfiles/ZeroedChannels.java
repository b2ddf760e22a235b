package backsweep.modelfiles;

import backsweep.network.ChannelMask;
import java.nio.ByteBuffer;

/**
 * A change of an HDF5 file: in the values of one variable, those of pruned channels become zero. A
 * zero is all bits zero in every floating point format.
 *
 * @param extent where the variable's values are
 * @param valueBytes bytes of one value
 * @param mask which channels, slices of the last axis, are kept
 */
record ZeroedChannels(Extent extent, int valueBytes, ChannelMask mask) implements ValueChange {

  /**
   * The change of a variable.
   *
   * @throws UnpatchableWeightsException if its values are not stored contiguously
   */
  static ZeroedChannels of(StoredVariable variable, ChannelMask mask) {
    variable.checkType();
    if (variable.channels() != mask.channels()) {
      throw new IllegalArgumentException(
          "%s: the mask has %d channels, the weights have %d"
              .formatted(variable.where(), mask.channels(), variable.channels()));
    }
    return new ZeroedChannels(variable.extent(), variable.valueBytes(), mask);
  }

  @Override
  public void apply(ByteBuffer values) {
    byte[] zero = new byte[valueBytes];
    for (int row = 0; row < values.capacity(); row += mask.channels() * valueBytes) {
      for (int channel : mask.pruned()) {
        values.put(row + channel * valueBytes, zero);
      }
    }
  }
}
