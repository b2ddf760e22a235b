package backsweep.hostile;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Gives the parts of a mutated PNG file sound checksums, so that readers do not stop at them. */
final class InsidePng {

  private static final long SIGNATURE = 0x89504e470d0a1a0aL;

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private InsidePng() {}

  static boolean isPng(byte[] bytes) {
    return bytes.length > Long.BYTES && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
  }

  /** The file with sound checksums, up to the first part that ends outside. */
  static byte[] sound(byte[] mutant) {
    ByteBuffer file = ByteBuffer.wrap(mutant.clone());
    int part = Long.BYTES;
    while (part + FRAME <= file.limit()) {
      int length = file.getInt(part);
      if (length < 0 || length > file.limit() - part - FRAME) {
        break;
      }
      CRC32 checksum = new CRC32();
      checksum.update(file.slice(part + Integer.BYTES, length + Integer.BYTES));
      file.putInt(part + FRAME - Integer.BYTES + length, (int) checksum.getValue());
      part += FRAME + length;
    }
    return file.array();
  }
}
