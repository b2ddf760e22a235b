package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A file of the tests that is changed on purpose, byte by byte, little-endian. */
final class Crafted {

  private ByteBuffer bytes;

  private Crafted(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Crafted of(byte[] bytes) {
    return new Crafted(bytes.clone());
  }

  /** Where these bytes are, the first time. */
  int find(byte[] wanted) {
    for (int at = 0; at + wanted.length <= bytes.capacity(); at++) {
      if (bytes.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return at;
      }
    }
    throw new AssertionError("not in the file: " + new String(wanted, StandardCharsets.US_ASCII));
  }

  /** Where this text is, the first time. */
  int find(String text) {
    return find(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Where this text is, the last time before a place. */
  int findBefore(String text, int place) {
    for (int at = place; at >= 0; at--) {
      byte[] found = new byte[text.length()];
      bytes.get(at, found);
      if (text.equals(new String(found, StandardCharsets.US_ASCII))) {
        return at;
      }
    }
    throw new AssertionError("not in the file: " + text);
  }

  Crafted put(int at, int value) {
    bytes.put(at, (byte) value);
    return this;
  }

  Crafted putShort(int at, int value) {
    bytes.putShort(at, (short) value);
    return this;
  }

  Crafted putInt(int at, int value) {
    bytes.putInt(at, value);
    return this;
  }

  Crafted putLong(int at, long value) {
    bytes.putLong(at, value);
    return this;
  }

  long longAt(int at) {
    return bytes.getLong(at);
  }

  /** Adds bytes at the end, and says where they begin. */
  int append(byte[] more) {
    ByteBuffer longer =
        ByteBuffer.allocate(bytes.capacity() + more.length).order(ByteOrder.LITTLE_ENDIAN);
    int at = bytes.capacity();
    longer.put(0, bytes.array()).put(at, more);
    bytes = longer;
    return at;
  }

  /** Numbers one after the other, as many bytes each as they have as objects. */
  static byte[] numbers(Number... numbers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Number number : numbers) {
      int size = number instanceof Long ? 8 : number instanceof Integer ? 4 : 1;
      byte[] value =
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(number.longValue())
              .array();
      all.write(value, 0, size);
    }
    return all.toByteArray();
  }

  byte[] bytes() {
    assertThat(bytes.hasArray()).isTrue();
    return bytes.array();
  }
}
