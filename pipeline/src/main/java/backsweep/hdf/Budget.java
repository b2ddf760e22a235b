package backsweep.hdf;

import java.lang.StackWalker.StackFrame;
import java.util.stream.Stream;

/**
 * What may still be read of a file's tables. Everything that is followed has to be read first, so
 * circles, trees that share branches and counts that are made up all end here.
 *
 * <p>An instance is for one thread.
 */
final class Budget {

  /** A table of 4 bytes becomes an object of some 100: 16 MiB of tables become 400 MiB at most. */
  static final long BYTES = 16 << 20;

  /** Some eight a group or a data set: 50,000 of those. */
  static final long READS = 400_000;

  /** Far from the end of any stack: an error there can leave classes unusable. */
  private static final int DEEPEST = 1_500;

  private static final int READS_BETWEEN_LOOKS = 64;
  private static final StackWalker STACK = StackWalker.getInstance();

  /** More than an entry takes in any index of chunks of up to eight axes. */
  private static final int INDEX_BYTES = 96;

  private long bytes = BYTES;
  private long reads = READS;
  private long chunks = BoundedHdf.MOST_CHUNKS;

  /**
   * Allows what an index of so many chunks takes.
   *
   * @throws HdfLimitException if all data sets together have more than a file may have
   */
  void allowChunks(double more) {
    if (!(more <= chunks)) {
      throw new HdfLimitException(
          "at most %d chunks in a file; store it in larger ones".formatted(BoundedHdf.MOST_CHUNKS),
          "%.0f more than that".formatted(more - chunks));
    }
    chunks -= (long) more;
    bytes += INDEX_BYTES * (long) more;
  }

  /**
   * Takes one read of so many bytes.
   *
   * @throws HdfLimitException if too much has been read, or the calls are nested too deep
   */
  void spend(long length) {
    bytes -= length;
    reads--;
    if (bytes < 0) {
      throw new HdfLimitException(
          "tables of at most %d MiB".formatted(BYTES >> 20), "more, or a circle among them");
    }
    if (reads < 0) {
      throw new HdfLimitException(
          "at most %d parts of tables".formatted(READS), "more, or a circle among them");
    }
    if (reads % READS_BETWEEN_LOOKS == 0) {
      checkDepth();
    }
  }

  private static void checkDepth() {
    long depth = STACK.walk((Stream<StackFrame> frames) -> frames.limit(DEEPEST).count());
    if (depth == DEEPEST) {
      throw new HdfLimitException("tables that are not nested deep", "tables without an end");
    }
  }
}
