package backsweep.images;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The blocks of a set on their way into a file: their pixels in a temporary file, which is gone
 * when this is closed or the process dies, the rest in memory. Only when all are there it is known
 * how many there are, and of what type their pixels.
 */
final class SpooledBlocks implements AutoCloseable {

  private final ImageShape shape;
  private final FileChannel channel;
  private final List<PixelEncoding> encodings = new ArrayList<>();
  private final List<Long> checksums = new ArrayList<>();
  private final List<int[]> labels = new ArrayList<>();
  private final List<int[]> trueLabels = new ArrayList<>();
  private int images;

  private SpooledBlocks(ImageShape shape, FileChannel channel) {
    this.shape = shape;
    this.channel = channel;
  }

  /** An empty spool in the folder of a file. */
  static SpooledBlocks beside(Path file, ImageShape shape) throws IOException {
    Path spool = Files.createTempFile(file.toAbsolutePath().getParent(), ".spool-", "");
    return new SpooledBlocks(
        shape,
        FileChannel.open(
            spool,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /**
   * Adds the next block.
   *
   * @throws IllegalArgumentException if it is not the next block of a set of this shape, or has
   *     true labels where others have none
   */
  void add(ImageBlock block) throws IOException {
    checkNext(block);
    write(ByteBuffer.wrap(block.pixels().bytes()), channel);
    encodings.add(block.pixels().encoding());
    checksums.add(checksum(block));
    labels.add(block.labels());
    block.trueLabels().ifPresent(trueLabels::add);
    images += block.images();
  }

  private void checkNext(ImageBlock block) {
    if (!block.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "expected images of shape %s, found %s of %s".formatted(shape, block, block.shape()));
    }
    if (block.index() != labels.size() || images % ImageBlock.IMAGES != 0) {
      throw new IllegalArgumentException(
          "expected block %d of a set whose blocks but the last have %d images, found %s behind %d"
              .formatted(labels.size(), ImageBlock.IMAGES, block, images));
    }
    boolean isKnown = block.trueLabels().isPresent();
    if (!labels.isEmpty() && isKnown == trueLabels.isEmpty()) {
      throw new IllegalArgumentException(
          "expected true labels in all blocks or in none, found %s %s them"
              .formatted(block, isKnown ? "with" : "without"));
    }
  }

  /**
   * Checks that there is something to write.
   *
   * @throws IllegalArgumentException if there is not
   */
  void requireImages() {
    if (images == 0) {
      throw new IllegalArgumentException("expected at least one block of images, found none");
    }
  }

  /** The shape of every image. */
  ImageShape shape() {
    return shape;
  }

  /** The number of images. */
  int images() {
    return images;
  }

  /** How the pixels of the whole set can be kept: as floats if those of any block are. */
  PixelEncoding encoding() {
    return encodings.contains(PixelEncoding.FLOAT32) ? PixelEncoding.FLOAT32 : PixelEncoding.UINT8;
  }

  /** All labels, {@code (image)}. */
  int[] labels() {
    return labels.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** All true labels, {@code (image)}; empty where they are not known. */
  Optional<int[]> trueLabels() {
    return trueLabels.isEmpty()
        ? Optional.empty()
        : Optional.of(trueLabels.stream().flatMapToInt(Arrays::stream).toArray());
  }

  /**
   * Writes all pixels at the target's position, {@code (image, channel, height, width)}, encoded as
   * {@link #encoding} says.
   */
  void copyTo(FileChannel target, ByteOrder order) throws IOException {
    channel.position(0);
    for (int block = 0; block < encodings.size(); block++) {
      Pixels pixels = next(encodings.get(block), labels.get(block).length);
      write(channelsFirst(pixels, encoding(), order), target);
    }
  }

  private Pixels next(PixelEncoding encoding, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * shape.values() * encoding.bytesPerValue());
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the temporary file of images has been cut off");
      }
    }
    return new Pixels(shape, encoding, bytes.array());
  }

  private static ByteBuffer channelsFirst(Pixels pixels, PixelEncoding encoding, ByteOrder order) {
    ImageShape shape = pixels.shape();
    FloatBuffer values = FloatBuffer.allocate(pixels.images() * shape.values());
    pixels.copy(0, pixels.images(), values);
    ByteBuffer turned =
        ByteBuffer.allocate(values.capacity() * encoding.bytesPerValue()).order(order);
    for (int image = 0; image < pixels.images(); image++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        int first = image * shape.values() + channel;
        for (int position = 0; position < shape.positions(); position++) {
          encoding.put(values.get(first + position * shape.channels()), turned);
        }
      }
    }
    return turned.flip();
  }

  private static void write(ByteBuffer bytes, FileChannel target) throws IOException {
    while (bytes.hasRemaining()) {
      target.write(bytes);
    }
  }

  /** Whether a block equals the one at its place here, whatever their encodings. */
  boolean isBlock(ImageBlock block) {
    return block.index() < checksums.size() && checksums.get(block.index()) == checksum(block);
  }

  private static long checksum(ImageBlock block) {
    FloatBuffer values = FloatBuffer.allocate(block.images() * block.shape().values());
    block.copyPixels(values);
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(values.capacity() * Float.BYTES);
    for (float value : values.array()) {
      bytes.putFloat(value + 0f); // -0 becomes 0, as it does in a byte
    }
    checksum.update(bytes.flip());
    checksum.update(bytes(block.labels()));
    block.trueLabels().ifPresent(known -> checksum.update(bytes(known)));
    return checksum.getValue();
  }

  private static ByteBuffer bytes(int[] labels) {
    ByteBuffer bytes = ByteBuffer.allocate(labels.length * Integer.BYTES);
    bytes.asIntBuffer().put(labels);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
