package backsweep.hdf;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.LzfFilter;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What was done to the chunks of a data set before they were written, undone here within the size
 * that the file declares: a chunk that inflates to more is refused, not inflated.
 */
final class ChunkFilters {

  /** What a filter before gzip may have added: a checksum; and one more, to see the end. */
  private static final int SLACK = 5;

  private final List<ChunkFilter> undoing;
  private final int numberBytes;

  /**
   * The filters of a data set.
   *
   * @throws UnreadableChunkException if one is not supported
   */
  ChunkFilters(ChunkedDataset dataset, Set<ChunkFilter> supported) {
    this.numberBytes = dataset.getDataType().getSize();
    this.undoing = new ArrayList<>();
    for (PipelineFilterWithData filter : filters(dataset, supported)) {
      undoing.add(
          ChunkFilter.of(filter.getId())
              .filter(supported::contains)
              .orElseThrow(
                  () ->
                      unsupported(
                          supported, "%s (%d)".formatted(filter.getName(), filter.getId()))));
    }
    Collections.reverse(undoing);
  }

  private static List<PipelineFilterWithData> filters(
      ChunkedDataset dataset, Set<ChunkFilter> supported) {
    try {
      return dataset.getFilters();
    } catch (HdfFilterException e) {
      throw unsupported(supported, e.getMessage());
    }
  }

  private static UnreadableChunkException unsupported(Set<ChunkFilter> supported, String filter) {
    return new UnreadableChunkException("no filters but " + ChunkFilter.names(supported), filter);
  }

  /** The numbers of a chunk, exactly {@code size} bytes, from what is stored. */
  byte[] undo(ByteBuffer stored, int size) {
    byte[] bytes = new byte[stored.remaining()];
    stored.get(bytes);
    for (ChunkFilter filter : undoing) {
      bytes = undo(filter, bytes, size);
    }
    if (bytes.length != size) {
      throw new UnreadableChunkException(size + " bytes", String.valueOf(bytes.length));
    }
    return bytes;
  }

  private byte[] undo(ChunkFilter filter, byte[] bytes, int size) {
    return switch (filter) {
      case GZIP -> inflate(bytes, size);
      case SHUFFLE -> unshuffle(bytes);
      case LZF -> new LzfFilter().decode(bytes, new int[] {0, 0, size});
      case FLETCHER32 -> Fletcher32.strip(bytes);
    };
  }

  /** From all first bytes of the numbers, all second bytes, ... to number after number. */
  private byte[] unshuffle(byte[] shuffled) {
    byte[] bytes = shuffled.clone();
    int numbers = shuffled.length / numberBytes;
    for (int number = 0; number < numbers; number++) {
      for (int i = 0; i < numberBytes; i++) {
        bytes[number * numberBytes + i] = shuffled[i * numbers + number];
      }
    }
    return bytes;
  }

  private static byte[] inflate(byte[] deflated, int size) {
    byte[] inflated = new byte[size + SLACK];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      int length = inflater.inflate(inflated);
      if (!inflater.finished()) {
        throw new UnreadableChunkException(
            "that it inflates to %d bytes".formatted(size),
            "that it is cut off or inflates to more");
      }
      return length == inflated.length ? inflated : Arrays.copyOf(inflated, length);
    } catch (DataFormatException e) {
      throw new UnreadableChunkException("gzip data", "something else: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }
}
