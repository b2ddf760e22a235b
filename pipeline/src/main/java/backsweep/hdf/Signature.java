package backsweep.hdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** The bytes with which HDF5 files begin: at once, or behind a user block. */
public final class Signature {

  private static final ByteBuffer BYTES =
      ByteBuffer.wrap(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'})
          .asReadOnlyBuffer();

  private static final int SMALLEST_USER_BLOCK = 512;

  private Signature() {}

  /** Where the file that these bytes are begins; empty if it is no HDF5 file. */
  public static OptionalLong find(ByteBuffer bytes) {
    return find(bytes.capacity(), at -> bytes.slice((int) at, BYTES.capacity()));
  }

  /**
   * Where a file begins; empty if it is no HDF5 file.
   *
   * @throws IOException if it cannot be read
   */
  public static OptionalLong find(FileChannel file) throws IOException {
    try {
      return find(file.size(), at -> read(file, at));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ByteBuffer read(FileChannel file, long at) {
    ByteBuffer found = ByteBuffer.allocate(BYTES.capacity());
    try {
      file.read(found, at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.flip();
  }

  /** At the beginning, or behind a user block of 512, 1024, 2048, ... bytes. */
  private static OptionalLong find(long size, LongFunction<ByteBuffer> bytes) {
    long at = 0;
    while (at + BYTES.capacity() <= size) {
      if (bytes.apply(at).equals(BYTES)) {
        return OptionalLong.of(at);
      }
      at = Math.max(SMALLEST_USER_BLOCK, 2 * at);
    }
    return OptionalLong.empty();
  }
}
