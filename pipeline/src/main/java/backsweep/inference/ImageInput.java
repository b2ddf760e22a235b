package backsweep.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import backsweep.tensorflow.Signatures;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Brings pixels into TensorFlow, by way of one buffer that is used again for every block. */
final class ImageInput implements AutoCloseable {

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final Shape image;
  private ByteBuffer buffer = NONE;

  /** With the shape of the model's input, {@code (-1, height, width, channel)}. */
  ImageInput(Shape input) {
    this.image = input.slice(1);
  }

  /**
   * The pixels as a named array.
   *
   * @throws IllegalArgumentException if not as many values are written as the shape has
   */
  NDArray read(PixelSource pixels, NDManager manager) {
    Shape shape = new Shape(pixels.images()).addAll(image);
    int values = Math.toIntExact(shape.size());
    ByteBuffer bytes = reserve(Math.multiplyExact(values, Float.BYTES));
    FloatBuffer floats = bytes.asFloatBuffer();
    pixels.copyTo(floats);
    if (floats.hasRemaining()) {
      throw new IllegalArgumentException(
          "expected %d pixel values for images of shape %s, found %d"
              .formatted(values, shape, floats.position()));
    }
    NDArray array = manager.create(bytes, shape, DataType.FLOAT32);
    array.setName(Signatures.IMAGE);
    return array;
  }

  private ByteBuffer reserve(int bytes) {
    if (buffer.capacity() < bytes) {
      close();
      buffer = DirectBuffers.take(bytes);
    }
    return buffer.clear().limit(bytes);
  }

  /** Gives the buffer back, once: two that take the same would write over each other. */
  @Override
  public void close() {
    DirectBuffers.giveBack(buffer);
    buffer = NONE;
  }
}
