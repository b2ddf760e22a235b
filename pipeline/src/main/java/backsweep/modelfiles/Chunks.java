package backsweep.modelfiles;

import backsweep.keras.KerasFileException;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks the chunks of a data set before jHDF is asked for its values: jHDF takes as much memory as
 * the chunks claim or inflate to.
 *
 * @param dataset the data set, its dimensions already found to be those needed
 * @param where the file and the variable, for errors
 */
record Chunks(ChunkedDataset dataset, String where) {

  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER = 3;
  private static final int MINIMUM_CHUNK = 1 << 20;

  /**
   * Checks filters and chunks.
   *
   * @throws KerasFileException if a chunk is missing, larger than it says, or uses another filter
   *     than gzip, shuffle and Fletcher's checksum
   */
  void check() {
    HdfCall.ask(
        where,
        "chunks of values",
        () -> {
          boolean deflated = checkFilters();
          int[] chunk = dataset.getChunkDimensions();
          long bytes = checkSize(chunk);
          forEachOffset(chunk, deflated, bytes);
          return true;
        });
  }

  /** Whether chunks are compressed. */
  private boolean checkFilters() {
    List<Integer> filters =
        dataset.getFilters().stream().map(PipelineFilterWithData::getId).toList();
    boolean once = Set.copyOf(filters).size() == filters.size();
    if (!once || !Set.of(DEFLATE, SHUFFLE, FLETCHER).containsAll(filters)) {
      throw new KerasFileException(
          where,
          "no other filters than gzip, shuffle and fletcher32",
          dataset.getFilters().stream().map(PipelineFilterWithData::getName).toList().toString());
    }
    return filters.contains(DEFLATE);
  }

  /** The bytes of a chunk. */
  private long checkSize(int[] chunk) {
    long elements = Arrays.stream(chunk).asLongStream().reduce(1, Math::multiplyExact);
    long largest = Math.max(MINIMUM_CHUNK, dataset.getSize());
    if (elements < 1 || elements > largest) {
      throw new KerasFileException(
          where, "chunks of 1 to " + largest + " values", String.valueOf(elements));
    }
    return elements * dataset.getDataType().getSize();
  }

  private void forEachOffset(int[] chunk, boolean deflated, long bytes) {
    int[] dimensions = dataset.getDimensions();
    int[] offset = new int[dimensions.length];
    int axis;
    do {
      checkChunk(offset, deflated, bytes);
      axis = dimensions.length - 1;
      while (axis >= 0 && (offset[axis] += chunk[axis]) >= dimensions[axis]) {
        offset[axis--] = 0;
      }
    } while (axis >= 0);
  }

  /** Checks that a chunk is there and inflates to no more than a chunk's bytes. */
  private void checkChunk(int[] offset, boolean deflated, long bytes) {
    ByteBuffer raw = dataset.getRawChunkBuffer(offset);
    if (!deflated) {
      return;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(raw);
      byte[] buffer = new byte[8192];
      while (!inflater.finished()) {
        if (inflater.inflate(buffer) == 0 || inflater.getBytesWritten() > bytes) {
          throw new KerasFileException(
              where,
              "chunks that inflate to " + bytes + " bytes",
              "another length at " + Arrays.toString(offset));
        }
      }
    } catch (DataFormatException e) {
      throw new KerasFileException(where, "gzip chunks", String.valueOf(e.getMessage()), e);
    } finally {
      inflater.end();
    }
  }
}
