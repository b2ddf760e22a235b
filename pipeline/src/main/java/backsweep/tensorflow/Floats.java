package backsweep.tensorflow;

import java.nio.FloatBuffer;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Values of tensors, out of native memory and into it. */
final class Floats {

  private Floats() {}

  /** A copy of a tensor's values, row-major. */
  static float[] of(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** A tensor with a copy of these values; close it. */
  static TFloat32 tensor(FloatBuffer values, Shape shape) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }
}
