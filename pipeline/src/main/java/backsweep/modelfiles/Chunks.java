package backsweep.modelfiles;

import backsweep.hdf.BoundedChunks;
import backsweep.hdf.ChunkFilter;
import backsweep.hdf.UnreadableChunkException;
import backsweep.keras.KerasFileException;
import io.jhdf.api.dataset.ChunkedDataset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Checks the chunks of a data set before jHDF is asked for its values: jHDF takes as much memory as
 * the chunks claim or inflate to.
 *
 * @param dataset the data set, its dimensions already found to be those needed
 * @param where the file and the variable, for errors
 */
record Chunks(ChunkedDataset dataset, String where) {

  /** Of LZF, jHDF believes the size that the file says. */
  private static final Set<ChunkFilter> FILTERS =
      EnumSet.of(ChunkFilter.GZIP, ChunkFilter.SHUFFLE, ChunkFilter.FLETCHER32);

  private static final int MINIMUM_CHUNK = 1 << 20;

  /**
   * Checks filters and chunks.
   *
   * @throws KerasFileException if a chunk is missing, of another size than it says, or uses another
   *     filter than gzip, shuffle and Fletcher's checksum
   */
  void check() {
    HdfCall.ask(
        where,
        "chunks of values",
        () -> {
          BoundedChunks chunks = chunks();
          int[] shape = chunks.shape();
          int bytes = checkedBytes(shape);
          forEachOrigin(shape, chunks, bytes);
          return true;
        });
  }

  private BoundedChunks chunks() {
    try {
      return new BoundedChunks(dataset, FILTERS);
    } catch (UnreadableChunkException e) {
      throw new KerasFileException(where, e.expected(), e.found(), e);
    }
  }

  /** The bytes of a chunk. */
  private int checkedBytes(int[] shape) {
    long elements = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    long largest = Math.max(MINIMUM_CHUNK, dataset.getSize());
    if (elements < 1 || elements > largest) {
      throw new KerasFileException(
          where, "chunks of 1 to " + largest + " values", String.valueOf(elements));
    }
    return Math.toIntExact(elements * dataset.getDataType().getSize());
  }

  private void forEachOrigin(int[] shape, BoundedChunks chunks, int bytes) {
    int[] dimensions = dataset.getDimensions();
    int[] origin = new int[dimensions.length];
    int axis;
    do {
      check(chunks, origin, bytes);
      axis = dimensions.length - 1;
      while (axis >= 0 && (origin[axis] += shape[axis]) >= dimensions[axis]) {
        origin[axis--] = 0;
      }
    } while (axis >= 0);
  }

  /** Checks that a chunk is there and has a chunk's bytes. */
  private void check(BoundedChunks chunks, int[] origin, int bytes) {
    String place = Arrays.toString(origin);
    try {
      if (chunks.read(origin, bytes).isEmpty()) {
        throw new KerasFileException(where, "a chunk at " + place, "none");
      }
    } catch (UnreadableChunkException e) {
      throw new KerasFileException(
          where,
          "chunks of %d bytes".formatted(bytes),
          "at %s: %s".formatted(place, e.getMessage()),
          e);
    }
  }
}
