package backsweep.hdf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The checksum that HDF5 appends to a chunk: Fletcher's sum of 16 bit words, big-endian, stored as
 * four bytes, little-endian.
 */
final class Fletcher32 {

  private static final int BYTES = 4;

  /** So many sums of 16 bit words fit an int before they must be reduced. */
  private static final int WORDS_AT_ONCE = 360;

  private Fletcher32() {}

  /**
   * The bytes without their checksum.
   *
   * @throws UnreadableChunkException if the checksum is missing or not theirs
   */
  static byte[] strip(byte[] checked) {
    int length = checked.length - BYTES;
    if (length < 0) {
      throw new UnreadableChunkException("a checksum", checked.length + " bytes");
    }
    int expected = ByteBuffer.wrap(checked).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    int found = sum(checked, length);
    if (found != expected) {
      throw new UnreadableChunkException(
          "the checksum %08x".formatted(expected), "%08x".formatted(found));
    }
    return Arrays.copyOf(checked, length);
  }

  private static int sum(byte[] bytes, int length) {
    int low = 0;
    int high = 0;
    for (int start = 0; start < length; start += 2 * WORDS_AT_ONCE) {
      int end = Math.min(length, start + 2 * WORDS_AT_ONCE);
      for (int i = start; i < end; i += 2) {
        low += (bytes[i] & 0xff) << 8 | (i + 1 < length ? bytes[i + 1] & 0xff : 0);
        high += low;
      }
      low = fold(low);
      high = fold(high);
    }
    return fold(high) << 16 | fold(low);
  }

  private static int fold(int sum) {
    return (sum & 0xffff) + (sum >>> 16);
  }
}
