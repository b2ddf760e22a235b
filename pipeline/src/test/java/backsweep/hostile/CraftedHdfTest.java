package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.Trial.Outcome;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HDF5 files made to keep a reader busy, or to make it take memory. Places in {@code small.h5} are
 * those of its root group: a header at 96, a tree at 136, a heap of names at 680.
 */
class CraftedHdfTest {

  private static final int ROOT = 96;
  private static final int TREE = 136;
  private static final int HEAP = 680;
  private static final int HEAP_OF_STRINGS = 2048;

  @TempDir private Path folder;

  private final Trial trial = new Trial();
  private final Crafted small = Crafted.of(Seed.named("keras/small.h5").bytes());

  @AfterEach
  void stop() {
    trial.close();
  }

  private void assertRefused(Crafted file, String message) {
    assertRefused("keras/small.h5", file, message);
  }

  private void assertRefused(String seed, Crafted file, String message) {
    Outcome outcome = trial.read(Seed.named(seed), file.bytes(), folder.resolve("crafted.h5"));

    assertThat(outcome.refusal()).hasMessageContaining(message);
  }

  @Test
  void aTreeThatIsItsOwnBranchEnds() {
    assertThat(small.find("TREE")).isEqualTo(TREE);

    assertRefused(small.put(TREE + 5, 1).putLong(TREE + 32, TREE), "found tables without an end");
  }

  @Test
  void aTreeOfSharedBranchesIsNotFollowedTwoToThePowerOfForty() {
    long leaf = small.longAt(TREE + 32);
    int next = 0;
    for (int level = 0; level < 40; level++) {
      long child = level == 0 ? leaf : next;
      next = small.append(level == 0 ? tree(0, child, child) : tree(1, child, child));
    }
    small.put(TREE + 5, 1).putLong(TREE + 32, next);

    assertRefused(small, "more, or a circle among them");
  }

  private static byte[] tree(int level, long left, long right) {
    ByteBuffer node = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    node.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) level);
    node.putShort((short) 2).putLong(-1).putLong(-1);
    node.putLong(0).putLong(left).putLong(0).putLong(right);
    return node.array();
  }

  @Test
  void aHeaderThatContinuesInItselfEnds() {
    int continuation = ROOT + 16;
    small.putShort(ROOT + 2, 0xffff).putLong(continuation + 8, continuation);

    assertRefused(small.putLong(continuation + 16, 24), "found tables without an end");
  }

  @Test
  void aHeaderOfMillionsOfMessagesIsRefused() {
    assertRefused(Crafted.of(newestFile(12 << 20)), "expected tables of at most 4194304 bytes");
    assertRefused(Crafted.of(newestFile(4_194_000)), "expected tables of at most 16 MiB");
    assertRefused(Crafted.of(newestFile(1 << 20)), "LinkInfoMessage");
  }

  /** A root group whose header has so many bytes, all of them messages without content. */
  private static byte[] newestFile(int messages) {
    ByteBuffer file = ByteBuffer.allocate(48 + 10 + messages + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 2, 8, 8, 0});
    file.putLong(0).putLong(-1).putLong(file.capacity()).putLong(48);
    file.putInt(JenkinsLookup3HashLittle.hash(Arrays.copyOf(file.array(), 44)));
    file.put("OHDR".getBytes(StandardCharsets.US_ASCII)).put((byte) 2).put((byte) 2);
    file.putInt(messages);
    byte[] header = Arrays.copyOfRange(file.array(), 48, 48 + 10 + messages);
    file.putInt(file.capacity() - 4, JenkinsLookup3HashLittle.hash(header));
    return file.array();
  }

  @Test
  void aNameWithoutAnEndIsRefused() {
    byte[] names = new byte[100_000];
    Arrays.fill(names, (byte) 'a');
    names[names.length - 1] = 0;
    int at = small.append(names);

    assertRefused(
        small.putLong(HEAP + 8, names.length).putLong(HEAP + 24, at), "names of at most 512 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "images/index_fixed_array.h5, FAHD, 8, 2147483646, chunks in an index",
    "images/index_extensible_array.h5, EAHD, 44, 2147483646, chunks in an index",
    "images/index_extensible_array.h5, EAHD, 52, 4294967296, chunks in an index",
    "images/index_b_tree.h5, BTHD, 26, 2147483646, records in a tree",
    "images/index_b_tree.h5, BTHD, 12, 60000, trees of at most 32 levels"
  })
  void aCountIsNotBelieved(String seed, String table, int at, long count, String message) {
    Crafted file = Crafted.of(Seed.named(seed).bytes());
    int place = file.find(table) + at;
    Crafted changed = at == 12 ? file.putShort(place, (int) count) : file.putLong(place, count);

    assertRefused(seed, changed, message);
  }

  @ParameterizedTest
  @CsvSource({"13, 0", "13, 255", "14, 2", "14, 16"})
  void oddSizesOfNumbersAreRefused(int at, int size) {
    assertRefused(
        small.put(at, size),
        at == 13 ? "Couldn't read " + size : "expected offsets and lengths of 4 or 8 bytes");
  }

  @Test
  void aPathOfTwentyThousandGroupsThatAreOneIsNotFollowed() {
    String path = "conv/".repeat(20_000) + "bias:0";
    int heap = small.append(heap(path));
    int element = small.find(Crafted.numbers(11, (long) HEAP_OF_STRINGS, 5));
    small.putInt(element, path.length()).putLong(element + 4, heap).putInt(element + 12, 1);

    assertRefused(small, "expected groups at most 64 deep, found 20001");
  }

  private static byte[] heap(String text) {
    int size = (text.length() + 7) / 8 * 8 + 32;
    ByteBuffer heap = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    heap.put("GCOL".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(size);
    heap.putInt(1).putInt(0).putLong(text.length());
    heap.put(text.getBytes(StandardCharsets.US_ASCII));
    return heap.array();
  }

  @Test
  void ofTwoLinksOfOneNameNoneIsChosen() {
    int dense = small.find("dense\0\0\0");
    small.putLong(dense, small.longAt(small.find("conv\0\0\0\0")));

    assertRefused(small, "expected links of different names, found 4 of 3 names");
  }

  @Test
  void ofTwoDataSetsOfOneNameNoneIsChosen() {
    Crafted file = Crafted.of(Seed.named("images/gzip.h5").bytes());
    int label = file.find("label");
    file.put(label, 'd').put(label + 1, 'a').put(label + 2, 't').put(label + 3, 'a');

    assertRefused(
        "images/gzip.h5",
        file.put(label + 4, 0),
        "expected links of different names, found 2 of 1");
  }

  @Test
  void ofTwoLinksOfOneNameInANewFileNoneIsChosen() {
    Crafted file = Crafted.of(Seed.named("keras/split.h5").bytes());
    int name = file.find("\5input") + 1;
    byte[] dense = "dense".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < dense.length; i++) {
      file.put(name + i, dense[i]);
    }
    fixChecksum(file, file.findBefore("OHDR", name));

    assertRefused("keras/split.h5", file, "expected links of different names, found 5 of 4 names");
  }

  private static void fixChecksum(Crafted file, int header) {
    byte[] bytes = file.bytes();
    int flags = bytes[header + 5];
    int size = header + 6 + ((flags & 32) == 0 ? 0 : 16) + ((flags & 16) == 0 ? 0 : 4);
    int sizeBytes = 1 << (flags & 3);
    int messages = (bytes[size] & 0xff) | (sizeBytes == 1 ? 0 : (bytes[size + 1] & 0xff) << 8);
    int end = size + sizeBytes + messages;
    file.putInt(end, JenkinsLookup3HashLittle.hash(Arrays.copyOfRange(bytes, header, end)));
  }

  @Test
  void tenMillionChunksAreNotLookedUp() {
    Crafted file = Crafted.of(Seed.named("images/chunked.h5").bytes());
    int axes = file.find(Crafted.numbers(5L, 2L, 4L, 3L));
    file.putLong(axes + 16, 1000).putLong(axes + 24, 1000);
    int chunk = file.find(Crafted.numbers(2, 1, 3, 2, 1));
    file.putInt(chunk, 1).putInt(chunk + 8, 1).putInt(chunk + 12, 1);

    assertRefused(
        "images/chunked.h5", file, "expected at most 1048576 chunks in a file; store it in larger");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'expected chunks of a size, found an axis of 0'",
    "-1, is a broken HDF5 file: Could not convert to unsigned",
    "-2147483648, is a broken HDF5 file: Could not convert to unsigned"
  })
  void chunksWithoutASizeAreRefused(int size, String message) {
    Crafted file = Crafted.of(Seed.named("images/chunked.h5").bytes());
    int chunk = file.find(Crafted.numbers(2, 1, 3, 2, 1));

    assertRefused("images/chunked.h5", file.putInt(chunk + 8, size), message);
  }

  @Test
  void anAttributeOfHalfAGigabyteIsRefusedUnread() throws IOException {
    assertThat(small.find("GCOL")).isEqualTo(HEAP_OF_STRINGS);
    small.putLong(HEAP_OF_STRINGS + 8, 550L << 20).putLong(HEAP_OF_STRINGS + 24, 500L << 20);
    Path file = Files.write(folder.resolve("sparse.h5"), small.bytes());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(600L << 20);
    }

    Outcome outcome = trial.read(Subject.WEIGHTS, file, Seed.named("keras/small.h5").sound());

    assertThat(outcome.refusal()).hasMessageContaining("expected tables of at most 16 MiB");
    assertThat(outcome.bytes()).isLessThan(16 << 20);
  }

  @Test
  void weightsThatInflateTwentyTimesAreRefusedBeforeAnyIsInflated() throws IOException {
    int units = 50_000_000;
    Crafted file = Crafted.of(Seed.named("keras/compressed.h5").bytes());
    int bias = file.find(Crafted.numbers((byte) 1, (byte) 1, (byte) 1, 0, (byte) 0, 3L, 3L)) + 8;
    file.putLong(bias, units).putLong(bias + 8, units);
    int kernel = file.find(Crafted.numbers(36L, 3L, 36L, 3L));
    file.putLong(kernel + 8, units).putLong(kernel + 24, units);
    Path weights = Files.write(folder.resolve("bomb.h5"), file.bytes());
    Path architecture =
        Files.writeString(
            folder.resolve("bomb.json"),
            Files.readString(Seed.named("keras/small.json").file())
                .replace("\"units\": 3", "\"units\": " + units));

    Outcome outcome = trial.read(Subject.WEIGHTS, weights, architecture);

    assertThat(outcome.refusal())
        .hasMessageContaining("expected at most")
        .hasMessageContaining("values");
    assertThat(outcome.bytes()).isLessThan(16 << 20);
  }
}
