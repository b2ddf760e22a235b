package backsweep.jobs;

import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ContiguousDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Copies of files with something wrong in them. */
final class Edited {

  private Edited() {}

  /** A file without its last bytes. */
  static Path truncated(Path original, int bytes, Path target) {
    byte[] whole = read(original);
    return write(target, Arrays.copyOf(whole, whole.length - bytes));
  }

  /**
   * A file with another text in the place of one that is there; in binary files of equal length.
   */
  static Path replaced(Path original, String text, String by, Path target) {
    String whole = new String(read(original), StandardCharsets.ISO_8859_1);
    if (!whole.contains(text)) {
      throw new IllegalArgumentException("no " + text + " in " + original);
    }
    return write(target, whole.replace(text, by).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A copy of a file. */
  static Path copied(Path original, Path target) {
    return write(target, read(original));
  }

  /** A small text file. */
  static Path text(String text, Path target) {
    return write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file with these bytes at a place. */
  static Path patched(Path original, long position, byte[] bytes, Path target) {
    byte[] whole = read(original);
    System.arraycopy(bytes, 0, whole, Math.toIntExact(position), bytes.length);
    return write(target, whole);
  }

  /** A copy of an HDF5 file with other values in one of its data sets, which is of float32. */
  static Path revalued(Path original, String dataset, float[] values, Path target) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try (HdfFile hdf = new HdfFile(original)) {
      ContiguousDataset found = (ContiguousDataset) hdf.getDatasetByPath(dataset);
      return patched(original, found.getDataAddress(), bytes.array(), target);
    }
  }

  /** An empty folder. */
  static Path folder(Path target) {
    try {
      return Files.createDirectories(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
