package backsweep.hostile;

import backsweep.hostile.RefusedNetworks.Maker;
import backsweep.hostile.RefusedNetworks.Refused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One file for everything in HDF5 files and pictures of which the README says that it is refused.
 * Places in {@code small.h5}: a tree at 136, a heap of texts at 2048.
 */
final class RefusedHdf {

  private static final int TREE = 136;
  private static final int TEXTS = 2048;

  /** A float of four bytes as HDF5 describes it; its last four bytes are the exponent's bias. */
  private static final byte[] FLOAT = {
    0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0
  };

  private RefusedHdf() {}

  /** By what the README calls them. */
  static Map<String, Maker> all() {
    Map<String, Maker> all = new LinkedHashMap<>();
    all.put("links out of the file, or to other data", folder -> weights("keras/linked.h5"));
    all.put("views of other files", folder -> weights("keras/virtual.h5"));
    all.put(
        "two links of one name",
        changed(
            file ->
                file.putLong(file.find("dense\0\0\0"), file.longAt(file.find("conv\0\0\0\0")))));
    all.put("tables in circles", changed(file -> file.put(TREE + 5, 1).putLong(TREE + 32, TREE)));
    all.put("tables beyond 16 MiB", RefusedHdf::ofLongTexts);
    all.put("more than a million chunks", images("images/chunked.h5", RefusedHdf::inChunksOfOne));
    all.put("paths of more than 64 groups", changed(RefusedHdf::throughManyGroups));
    all.put(
        "weights in two layouts",
        changed(
            file -> {
              int name = file.find("input\0\0\0");
              return rename(file, name, "layers");
            }));
    all.put("odd floats", changed(file -> file.put(file.find(FLOAT) + 16, 124)));
    all.put("`.h5` weights in another order than Keras'", changed(RefusedHdf::swapped));
    all.put("weights that are NaN or infinite", changed(RefusedHdf::notFinite));
    all.put(
        "images compressed more than 128-fold (beyond 16 MiB)",
        images("images/gzip.h5", RefusedHdf::largerImages));
    all.put(
        "pictures that are not whole",
        folder -> {
          Path file = RefusedNetworks.seed("pictures/cut_off.png");
          return new Refused(Subject.PICTURE, file, file);
        });
    return all;
  }

  private static Refused weights(String name) {
    return new Refused(
        Subject.WEIGHTS, RefusedNetworks.seed(name), RefusedNetworks.seed("keras/small.json"));
  }

  /** The small network's weights with something changed. */
  private static Maker changed(UnaryOperator<Crafted> change) {
    return folder -> {
      Crafted small = Crafted.of(Files.readAllBytes(RefusedNetworks.seed("keras/small.h5")));
      Path file = Files.write(folder.resolve("weights.h5"), change.apply(small).bytes());
      return new Refused(Subject.WEIGHTS, file, RefusedNetworks.seed("keras/small.json"));
    };
  }

  private static Maker images(String name, UnaryOperator<Crafted> change) {
    return folder -> {
      Crafted images = Crafted.of(Files.readAllBytes(RefusedNetworks.seed(name)));
      Path file = Files.write(folder.resolve("images.h5"), change.apply(images).bytes());
      return new Refused(Subject.IMAGES, file, file);
    };
  }

  private static Crafted rename(Crafted file, int place, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      file.put(place + i, bytes[i]);
    }
    return file;
  }

  private static Refused ofLongTexts(Path folder) throws IOException {
    Maker maker =
        changed(file -> file.putLong(TEXTS + 8, 550L << 20).putLong(TEXTS + 24, 500L << 20));
    Refused made = maker.in(folder);
    try (RandomAccessFile sparse = new RandomAccessFile(made.file().toFile(), "rw")) {
      sparse.setLength(600L << 20);
    }
    return made;
  }

  private static Crafted inChunksOfOne(Crafted file) {
    int axes = file.find(Crafted.numbers(5L, 2L, 4L, 3L));
    file.putLong(axes + 16, 1000).putLong(axes + 24, 1000);
    int chunk = file.find(Crafted.numbers(2, 1, 3, 2, 1));
    return file.putInt(chunk, 1).putInt(chunk + 8, 1).putInt(chunk + 12, 1);
  }

  private static Crafted largerImages(Crafted file) {
    int axes = file.find(Crafted.numbers(5L, 2L, 4L, 3L));
    file.putLong(axes, 50).putLong(axes + 16, 800).putLong(axes + 24, 800);
    int chunk = file.find(Crafted.numbers(2, 1, 3, 2, 1));
    return file.putInt(chunk + 8, 800).putInt(chunk + 12, 800);
  }

  private static Crafted throughManyGroups(Crafted file) {
    String path = "conv/".repeat(65) + "bias:0";
    int size = (path.length() + 7) / 8 * 8 + 32;
    ByteBuffer heap = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    heap.put("GCOL".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(size);
    heap.putInt(1).putInt(0).putLong(path.length());
    heap.put(path.getBytes(StandardCharsets.US_ASCII));
    int element = file.find(text(11, 5));
    int at = file.append(heap.array());
    return file.putInt(element, path.length()).putLong(element + 4, at).putInt(element + 12, 1);
  }

  /** A text in the heap: so long, the so-manieth. */
  private static byte[] text(int length, int number) {
    return Crafted.numbers(length, (long) TEXTS, number);
  }

  private static Crafted swapped(Crafted file) {
    int kernel = file.find(text(13, 6));
    int bias = file.find(text(11, 5));
    file.putInt(kernel, 11).putInt(kernel + 12, 5);
    return file.putInt(bias, 13).putInt(bias + 12, 6);
  }

  private static Crafted notFinite(Crafted file) {
    int kernel =
        file.find(Crafted.numbers(0, Float.floatToIntBits(1 / 64f), Float.floatToIntBits(2 / 64f)));
    return file.putInt(kernel + 4, Float.floatToIntBits(Float.NaN));
  }
}
