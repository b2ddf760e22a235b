package backsweep.images;

import backsweep.hdf.BoundedChunks;
import backsweep.hdf.UnreadableChunkException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A data set stored in chunks, a grid of boxes of equal size, each perhaps compressed. Needed
 * chunks are inflated into a cache, and their part of the wanted rows is copied out of it.
 */
final class ChunkedNumbers implements StoredNumbers {

  /** A chunk is held in memory as a whole; h5py chooses chunks of at most 1 MiB. */
  private static final int LARGEST_CHUNK = 1 << 27;

  private static final int CACHED = 1 << 27;

  /** How often a chunk that does not stay in the cache may be inflated for one pass over all. */
  private static final int MOST_TIMES = 16;

  private final Declared declared;
  private final ByteOrder order;
  private final BoundedChunks chunks;
  private final ChunkCache cache = new ChunkCache(CACHED);
  private final int[] axes;
  private final int[] chunk;
  private final int chunkBytes;
  private final int[] strides;
  private final int[] chunkStrides;
  private final int whole;
  private byte[] buffer = {};

  /**
   * The numbers of a chunked data set.
   *
   * @throws UnusableDataException if the chunks do not fit the data set or are too large
   */
  ChunkedNumbers(Declared declared, BoundedChunks chunks, ByteOrder order) {
    this.declared = declared;
    this.order = order;
    this.chunks = chunks;
    axes = declared.axes().stream().mapToInt(Math::toIntExact).toArray();
    chunk = chunks.shape();
    chunkBytes = checkedChunkBytes();
    strides = strides(axes);
    chunkStrides = strides(chunk);
    whole = lastSplitAxis();
  }

  private int checkedChunkBytes() {
    double bytes = declared.type().bytes();
    for (int length : chunk) {
      bytes *= length;
    }
    if (chunk.length != axes.length || !(bytes > 0)) {
      throw new UnusableDataException(
          "%s has chunks of shape %s, which do not fit it"
              .formatted(declared, Arrays.toString(chunk)));
    }
    if (bytes > LARGEST_CHUNK) {
      throw new UnusableDataException(
          "expected chunks of at most %d bytes, found %s in chunks of shape %s; store it in smaller"
                  .formatted(LARGEST_CHUNK, declared, Arrays.toString(chunk))
              + " chunks, such as 64 images each");
    }
    checkPasses();
    return (int) bytes;
  }

  /**
   * A block of images takes all chunks that hold some of them; where those do not stay in the cache
   * until the next block takes them again, they are inflated once a block.
   */
  private void checkPasses() {
    double together = (double) Math.min(chunk[0], declared.rows()) * declared.rowBytes();
    if (together > CACHED && chunk[0] / ImageBlock.IMAGES > MOST_TIMES) {
      throw new UnusableDataException(
          "expected chunks of few images, found %s in chunks of shape %s; store it in chunks of"
                  .formatted(declared, Arrays.toString(chunk))
              + " whole images, such as 64 each");
    }
  }

  /** For each axis, the bytes from one index to the next. */
  private int[] strides(int[] lengths) {
    int[] result = new int[lengths.length];
    int stride = declared.type().bytes();
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      result[axis] = stride;
      stride *= lengths[axis];
    }
    return result;
  }

  /** The last axis that chunks may split; behind it, chunk and row lie alike. */
  private int lastSplitAxis() {
    int axis = axes.length - 1;
    while (axis > 0 && chunk[axis] == axes[axis]) {
      axis--;
    }
    return axis;
  }

  @Override
  public Declared declared() {
    return declared;
  }

  @Override
  public int rowsAtOnce() {
    return Math.max(1, Math.min(ImageBlock.IMAGES, LARGEST_CHUNK / declared.rowBytes()));
  }

  @Override
  public ByteBuffer rows(int first, int count) {
    int bytes = count * declared.rowBytes();
    if (buffer.length < bytes) {
      buffer = new byte[bytes];
    }
    int[] origin = new int[axes.length];
    for (origin[0] = first - first % chunk[0]; origin[0] < first + count; origin[0] += chunk[0]) {
      do {
        copy(origin, first, count);
      } while (advance(origin));
    }
    return ByteBuffer.wrap(buffer, 0, bytes).order(order);
  }

  /** Moves to the next chunk with the same first index; back to the first one if there is none. */
  private boolean advance(int[] origin) {
    for (int axis = axes.length - 1; axis > 0; axis--) {
      if (origin[axis] < axes[axis] - chunk[axis]) {
        origin[axis] += chunk[axis];
        return true;
      }
      origin[axis] = 0;
    }
    return false;
  }

  /** Copies what a chunk has of the wanted rows into the buffer. */
  private void copy(int[] origin, int first, int count) {
    int from = Math.max(first, origin[0]);
    int to = Math.min(first + count, Math.addExact(origin[0], chunk[0]));
    int[] lengths = new int[axes.length];
    int target = (from - first) * strides[0];
    lengths[0] = to - from;
    for (int axis = 1; axis < axes.length; axis++) {
      lengths[axis] = Math.min(chunk[axis], axes[axis] - origin[axis]);
      target += origin[axis] * strides[axis];
    }
    byte[] numbers = cache.chunk(number(origin), () -> inflate(origin));
    new Copy(numbers, lengths).along(0, (from - origin[0]) * chunkStrides[0], target);
  }

  private long number(int[] origin) {
    long number = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      number = number * (axes[axis] / chunk[axis] + 1) + origin[axis] / chunk[axis];
    }
    return number;
  }

  private byte[] inflate(int[] origin) {
    String chunkHere = "the chunk at %s of %s".formatted(Arrays.toString(origin), declared);
    try {
      return chunks
          .read(origin, chunkBytes)
          .orElseThrow(
              () ->
                  new UnusableDataException(
                      chunkHere
                          + " is missing: the file is broken, or these values were never written"));
    } catch (UnreadableChunkException e) {
      throw new UnusableDataException(chunkHere + " is broken: " + e.getMessage());
    }
  }

  /** Copies a box out of a chunk into the buffer, axis by axis; offsets are in bytes. */
  private final class Copy {
    private final byte[] numbers;
    private final int[] lengths;

    Copy(byte[] numbers, int[] lengths) {
      this.numbers = numbers;
      this.lengths = lengths;
    }

    void along(int axis, int from, int to) {
      if (axis == whole) {
        System.arraycopy(numbers, from, buffer, to, lengths[axis] * strides[axis]);
        return;
      }
      for (int i = 0; i < lengths[axis]; i++) {
        along(axis + 1, from + i * chunkStrides[axis], to + i * strides[axis]);
      }
    }
  }
}
