package backsweep.images;

import backsweep.hdf.NewGroup;
import backsweep.hdf.NewHdfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Writes labelled images as {@link Hdf5Images} reads them: {@code data}, {@code (image, channel,
 * height, width)}, {@code label}, {@code (image)}, and, where they are known, {@code true_label},
 * {@code (image)}.
 *
 * <p>Pixels are unsigned bytes if all are integers, else float32; labels are 32 bit integers. The
 * data sets lie in one piece. Blocks pass through a temporary file beside the target, so there must
 * be room for the images twice, but memory for one block and all labels only.
 */
public final class Hdf5ImageWriter {

  private static final String DATA = "data";

  private Hdf5ImageWriter() {}

  /**
   * Writes a file, reads it back and compares it with what was to be written.
   *
   * @param file where; nothing may be there yet
   * @param shape the shape of every image
   * @param blocks all blocks in order, from block 0; either all with true labels or all without
   * @throws UncheckedIOException if the file cannot be written; then there is none
   * @throws ImageFileException if what is read back is not what was written; then there is none
   * @throws IllegalArgumentException if the blocks are not all blocks of a set of that shape
   */
  public static void write(Path file, ImageShape shape, Iterator<ImageBlock> blocks) {
    try (SpooledBlocks spool = SpooledBlocks.beside(file, shape)) {
      while (blocks.hasNext()) {
        spool.add(blocks.next());
      }
      spool.requireImages();
      Files.createFile(file);
      write(file, spool);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, SpooledBlocks spool) throws IOException {
    boolean complete = false;
    try {
      NewHdfFile.write(file, file, root -> declare(root, spool));
      fill(file, spool);
      readBack(file, spool);
      complete = true;
    } finally {
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Writes all but the pixels: jHDF takes these as one array, which here is one image N times. */
  private static void declare(NewGroup root, SpooledBlocks spool) {
    if (spool.encoding() == PixelEncoding.UINT8) {
      root.unsignedDataset(DATA, blackBytes(spool));
    } else {
      root.dataset(DATA, blackFloats(spool));
    }
    root.dataset(Labels.Kind.LABEL.dataset(), spool.labels());
    spool.trueLabels().ifPresent(labels -> root.dataset(Labels.Kind.TRUE_LABEL.dataset(), labels));
  }

  private static byte[][][][] blackBytes(SpooledBlocks spool) {
    ImageShape shape = spool.shape();
    byte[][][][] images = new byte[spool.images()][][][];
    Arrays.fill(images, new byte[shape.channels()][shape.height()][shape.width()]);
    return images;
  }

  private static float[][][][] blackFloats(SpooledBlocks spool) {
    ImageShape shape = spool.shape();
    float[][][][] images = new float[spool.images()][][][];
    Arrays.fill(images, new float[shape.channels()][shape.height()][shape.width()]);
    return images;
  }

  private static void fill(Path file, SpooledBlocks spool) throws IOException {
    NewHdfFile.Place place = NewHdfFile.place(file, DATA);
    try (FileChannel target = FileChannel.open(file, StandardOpenOption.WRITE)) {
      spool.copyTo(target.position(place.position()), place.order());
    }
  }

  private static void readBack(Path file, SpooledBlocks spool) {
    try (Hdf5Images written = Hdf5Images.open(file)) {
      for (int block = 0; block < written.blocks(); block++) {
        if (!spool.isBlock(written.block(block))) {
          throw new ImageFileException(
              file, "expected block %d as it was written, found another".formatted(block));
        }
      }
      if (written.images() != spool.images()) {
        throw new ImageFileException(
            file,
            "expected %d images, as were written, found %d"
                .formatted(spool.images(), written.images()));
      }
    }
  }
}
