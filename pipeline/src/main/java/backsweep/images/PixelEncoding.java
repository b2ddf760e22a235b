package backsweep.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** How the pixel values of a block are kept as bytes. */
public enum PixelEncoding {
  /** One unsigned byte a value: every value of the block is an integer in 0..255. */
  UINT8(1) {
    @Override
    boolean holds(float value) {
      return value >= 0 && value <= 255 && value == (int) value;
    }

    @Override
    void put(float value, ByteBuffer target) {
      target.put((byte) value);
    }

    @Override
    void copy(byte[] bytes, int first, int count, FloatBuffer target) {
      float[] values = new float[Math.min(count, COPIED_AT_ONCE)];
      for (int done = 0; done < count; done += values.length) {
        int length = Math.min(values.length, count - done);
        for (int i = 0; i < length; i++) {
          values[i] = bytes[first + done + i] & 0xff;
        }
        target.put(values, 0, length);
      }
    }
  },
  /** Four bytes a value, IEEE 754, little-endian. */
  FLOAT32(Float.BYTES) {
    @Override
    boolean holds(float value) {
      return true;
    }

    @Override
    void put(float value, ByteBuffer target) {
      target.putFloat(value);
    }

    @Override
    void copy(byte[] bytes, int first, int count, FloatBuffer target) {
      target.put(
          ByteBuffer.wrap(bytes, first * Float.BYTES, count * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer());
    }
  };

  private static final int COPIED_AT_ONCE = 16_384;

  private final int bytesPerValue;

  PixelEncoding(int bytesPerValue) {
    this.bytesPerValue = bytesPerValue;
  }

  /** Bytes a value takes. */
  public int bytesPerValue() {
    return bytesPerValue;
  }

  /** Whether a value is kept as it is; -0 counts as 0. */
  abstract boolean holds(float value);

  /** Puts one value at the target's position, in the target's byte order. */
  abstract void put(float value, ByteBuffer target);

  /** Puts {@code count} values, from the value {@code first} on, at the target's position. */
  abstract void copy(byte[] bytes, int first, int count, FloatBuffer target);
}
