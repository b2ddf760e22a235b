package backsweep.hdf;

import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the tables that jHDF is about to believe: it takes memory for as many entries as they
 * announce, and time for names as long as they have.
 *
 * <p>The layouts are those of the HDF5 File Format Specification, version 3.0.
 */
final class Tables {

  private static final int LONGEST_NAME = 512;
  private static final int LARGEST_HEAP_BLOCK = 1 << 16;
  private static final int DEEPEST_TREE = 32;
  private static final int LARGEST = 4 << 20;

  /** Messages in new headers need half the bytes of those in old ones. */
  private static final int MESSAGES_FACTOR = 3;

  /** Names in a heap may be shared, and 64 KiB long: an entry of a tree that names them is dear. */
  private static final int NAME_INDEX_FACTOR = 512;

  private final HdfBackingStorage storage;
  private final Budget budget;
  private final int offsets;
  private final int lengths;
  private boolean ofNames;
  private boolean ofStrings;
  private long links;

  Tables(HdfBackingStorage storage, Budget budget) {
    this.storage = storage;
    this.budget = budget;
    this.offsets = storage.getSizeOfOffsets();
    this.lengths = storage.getSizeOfLengths();
  }

  /**
   * Checks how much of a table is read at once: all but strings become objects, many of 4 bytes.
   *
   * @throws HdfLimitException if it is more than any table has
   */
  void checkLength(int length) {
    if (length > LARGEST && !ofStrings) {
      throw new HdfLimitException("tables of at most %d bytes".formatted(LARGEST), length);
    }
  }

  /**
   * Checks a table, if these bytes begin one.
   *
   * @throws HdfLimitException if it announces more than there can be
   */
  void check(ByteBuffer table) {
    String signature = table.remaining() < Integer.BYTES ? "" : signature(table.slice());
    ofStrings = signature.equals("GCOL");
    ByteBuffer bytes = table.slice().order(ByteOrder.LITTLE_ENDIAN);
    switch (signature) {
      case "OHDR", "OCHK" -> budget.spend((long) MESSAGES_FACTOR * bytes.capacity());
      case "BTHD" -> checkTree(bytes);
      case "BTIN", "BTLF" -> chargeNames(bytes);
      case "FRHP" -> checkHeap(bytes);
      case "FAHD" -> checkFits("chunks in an index", number(bytes, 8, lengths));
      case "EAHD" -> {
        checkFits("chunks in an index", number(bytes, 12 + 4 * lengths, lengths));
        checkFits("chunks in an index", number(bytes, 12 + 5 * lengths, lengths));
      }
      case "HEAP" -> checkNames(bytes);
      case "SNOD" -> links += bytes.getShort(6);
      default -> {}
    }
  }

  /** How many links of groups, in the old style, were in all tables so far. */
  long links() {
    return links;
  }

  private static String signature(ByteBuffer bytes) {
    byte[] signature = new byte[Integer.BYTES];
    bytes.get(0, signature);
    return new String(signature, StandardCharsets.ISO_8859_1);
  }

  private void checkTree(ByteBuffer bytes) {
    int type = bytes.get(5);
    ofNames = type >= 5 && type <= 9;
    int depth = bytes.getShort(12) & 0xffff;
    if (depth > DEEPEST_TREE) {
      throw new HdfLimitException("trees of at most %d levels".formatted(DEEPEST_TREE), depth);
    }
    checkFits("records in a tree", number(bytes, 18 + offsets, lengths));
  }

  private void chargeNames(ByteBuffer bytes) {
    if (ofNames) {
      budget.spend((long) NAME_INDEX_FACTOR * bytes.capacity());
    }
  }

  private void checkHeap(ByteBuffer bytes) {
    int width = 14 + 10 * lengths + 2 * offsets;
    long columns = bytes.getShort(width) & 0xffff;
    long first = number(bytes, width + 2, lengths);
    long largest = number(bytes, width + 2 + lengths, lengths);
    long rows = bytes.getShort(width + 6 + 2 * lengths + offsets) & 0xffff;
    if (Math.max(first, largest) > LARGEST_HEAP_BLOCK || Math.min(first, largest) < 0) {
      throw new HdfLimitException(
          "heaps in blocks of at most %d bytes".formatted(LARGEST_HEAP_BLOCK),
          Math.max(first, largest));
    }
    checkFits("blocks in a heap", columns * rows);
  }

  /** Checks that a file can hold so many entries, of a byte or more each. */
  private void checkFits(String what, long entries) {
    long most = Math.min(storage.size(), BoundedHdf.MOST_CHUNKS);
    if (entries < 0 || entries > most) {
      throw new HdfLimitException(
          "at most %d %s".formatted(most, what), Long.toUnsignedString(entries));
    }
  }

  /** The names of a group; each is read anew for every entry that points at it. */
  private void checkNames(ByteBuffer bytes) {
    long size = number(bytes, 8, lengths);
    long address = number(bytes, 8 + 2 * lengths, offsets);
    if (size < 0 || size > storage.size()) {
      throw new HdfLimitException(
          "names within the file's %d bytes".formatted(storage.size()),
          Long.toUnsignedString(size));
    }
    budget.spend(size);
    ByteBuffer names = storage.map(address, size);
    int length = 0;
    for (int at = 0; at < names.remaining(); at++) {
      length = names.get(names.position() + at) == 0 ? 0 : length + 1;
      if (length > LONGEST_NAME) {
        throw new HdfLimitException(
            "names of at most %d bytes".formatted(LONGEST_NAME), "a longer one");
      }
    }
  }

  private static long number(ByteBuffer bytes, int at, int size) {
    return size == Long.BYTES ? bytes.getLong(at) : Integer.toUnsignedLong(bytes.getInt(at));
  }
}
