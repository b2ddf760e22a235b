package backsweep.modelfiles;

import backsweep.network.Tensor;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Other values in the place of all of a variable's, in the type that the file has.
 *
 * @param extent where the variable's values are
 * @param valueBytes bytes of one value, 4 or 8
 * @param order of these bytes
 * @param values what is there from now on
 */
record ReplacedValues(Extent extent, int valueBytes, ByteOrder order, Tensor values)
    implements ValueChange {

  /**
   * The change of a variable.
   *
   * @throws UnpatchableWeightsException if its values are not stored contiguously, or as float16,
   *     which could not hold what was learned
   */
  static ReplacedValues of(StoredVariable variable, Tensor values) {
    variable.checkType();
    if (variable.valueBytes() == Short.BYTES) {
      throw new UnpatchableWeightsException(variable.where(), "float16");
    }
    ByteOrder order = ((FloatingPoint) variable.dataset().getDataType()).getByteOrder();
    Extent extent = variable.extent();
    if (extent.length() != (long) variable.valueBytes() * values.shape().size()) {
      throw new IllegalArgumentException(
          "%s: %d bytes are stored, found values of shape %s"
              .formatted(variable.where(), extent.length(), values.shape()));
    }
    return new ReplacedValues(extent, variable.valueBytes(), order, values);
  }

  @Override
  public void apply(ByteBuffer bytes) {
    bytes.order(order);
    for (int i = 0; i < values.shape().size(); i++) {
      if (valueBytes == Float.BYTES) {
        bytes.putFloat(i * Float.BYTES, values.at(i));
      } else {
        bytes.putDouble(i * Double.BYTES, values.at(i));
      }
    }
  }
}
