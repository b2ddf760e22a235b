package backsweep.hdf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be undone that was done to chunks before they were written. */
public enum ChunkFilter {
  /** Compressed by zlib. */
  GZIP(1),
  /** Compressed by LZF, as h5py can. */
  LZF(32000),
  /** All first bytes of the numbers, then all second bytes, and so on. */
  SHUFFLE(2),
  /** A checksum behind the bytes. */
  FLETCHER32(3);

  private final int id;

  ChunkFilter(int id) {
    this.id = id;
  }

  /** The filter that has this number in HDF5 files. */
  static Optional<ChunkFilter> of(int id) {
    return Arrays.stream(values()).filter(filter -> filter.id == id).findFirst();
  }

  /** Their names, in a sentence. */
  static String names(Set<ChunkFilter> filters) {
    return Arrays.stream(values())
        .filter(filters::contains)
        .map(ChunkFilter::toString)
        .collect(Collectors.joining(", "))
        .replaceFirst(", (?=[^,]*$)", " and ");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
