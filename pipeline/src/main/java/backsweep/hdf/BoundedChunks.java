package backsweep.hdf;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * The chunks of a data set, each read without taking more memory than the chunk's own size: jHDF
 * takes as much as a chunk inflates to.
 */
public final class BoundedChunks {

  private final ChunkedDataset dataset;
  private final ChunkFilters filters;

  /**
   * The chunks of a data set.
   *
   * @param supported the filters that may have been applied
   * @throws UnreadableChunkException if another one was
   */
  public BoundedChunks(ChunkedDataset dataset, Set<ChunkFilter> supported) {
    this.dataset = dataset;
    this.filters = new ChunkFilters(dataset, supported);
  }

  /** How many numbers a chunk has along each axis, as the file says. */
  public int[] shape() {
    return dataset.getChunkDimensions();
  }

  /**
   * The numbers of a chunk as they were before they were filtered; empty if there is no such chunk.
   *
   * @param origin the indices of its first number
   * @param bytes that all of its numbers take
   * @throws UnreadableChunkException if it holds more bytes or fewer, or is broken
   */
  public Optional<byte[]> read(int[] origin, int bytes) {
    return stored(origin).map(stored -> filters.undo(stored, bytes));
  }

  private Optional<ByteBuffer> stored(int[] origin) {
    try {
      return Optional.of(dataset.getRawChunkBuffer(origin));
    } catch (HdfException e) {
      if (RootCause.of(e) instanceof HdfLimitException) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
