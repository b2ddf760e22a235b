package backsweep.images;

import backsweep.hdf.NumberType;
import backsweep.hdf.Signature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The images of an HDF5 file, whether it has labels or not: the data set {@code data} of {@link
 * Hdf5Images}. An instance is for one thread. All methods throw {@link ImageFileException} if what
 * they need of the file is broken.
 */
public final class Hdf5Pixels implements AutoCloseable {

  private static final String DATA = "data";
  private static final int MOST_IMAGES = 1 << 30;

  private final Hdf5File file;
  private final StoredNumbers data;
  private final ImageLayout layout;
  private final ImageShape shape;

  Hdf5Pixels(Hdf5File file, Function<Declared, ImageLayout> layout) {
    this.file = file;
    this.data = file.numbers(DATA, Hdf5Pixels::checkData);
    this.layout = file.guarded(() -> layout.apply(data.declared()));
    this.shape = this.layout.shape(data.declared());
  }

  /**
   * Whether a file is an HDF5 file, whatever its name says.
   *
   * @throws ImageFileException if it cannot be read
   */
  public static boolean isHdf5(Path path) {
    try (FileChannel channel = FileChannel.open(path)) {
      return Signature.find(channel).isPresent();
    } catch (IOException e) {
      throw new ImageFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a file of images for a network.
   *
   * @param expected the shape of an image that the network takes
   * @param layout of the file; empty: the one that gives images of that shape
   * @throws ImageFileException if it is missing, not HDF5, truncated, or does not declare images of
   *     that shape; or if they have it in both layouts
   */
  public static Hdf5Pixels openFor(Path path, ImageShape expected, Optional<ImageLayout> layout) {
    Hdf5File file = Hdf5File.open(path);
    try {
      Hdf5Pixels images = new Hdf5Pixels(file, data -> ImageLayout.fitting(data, expected, layout));
      images.checkShape(expected);
      return images;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void checkData(Declared data) {
    if (data.axes().size() != 4) {
      throw new UnusableDataException(
          "expected 'data' with the axes %s or %s, found %s"
              .formatted(ImageLayout.NCHW.axes(), ImageLayout.NHWC.axes(), data));
    }
    checkRows(data);
    if (data.rowNumbers() < 1 || data.rowNumbers() > ImageShape.MOST_VALUES) {
      throw new UnusableDataException(
          "expected images of 1 to %d values, found %s".formatted(ImageShape.MOST_VALUES, data));
    }
  }

  static void checkRows(Declared declared) {
    if (declared.rows() < 1 || declared.rows() > MOST_IMAGES) {
      throw new UnusableDataException(
          "expected 1 to %d images, found %s".formatted(MOST_IMAGES, declared));
    }
  }

  /** The order of the file's axes. */
  public ImageLayout layout() {
    return layout;
  }

  /** The number of images. */
  public int images() {
    return Math.toIntExact(data.declared().rows());
  }

  /** The shape of each image. */
  public ImageShape shape() {
    return shape;
  }

  /**
   * Checks that a network takes these images.
   *
   * @throws ImageFileException if the images have another shape
   */
  void checkShape(ImageShape expected) {
    if (!shape.equals(expected)) {
      throw file.problem(
          "expected images of shape %s, which the network takes, found %s as %s"
              .formatted(expected, shape, layout));
    }
  }

  /**
   * Reads consecutive images, with the values as float32 in the order {@code (image, height, width,
   * channel)}.
   *
   * @throws ImageFileException if a value is not a number in 0..255
   */
  public Pixels pixels(int first, int count) {
    Objects.checkFromIndexSize(first, count, images());
    return file.guarded(() -> read(first, count));
  }

  private Pixels read(int first, int count) {
    BlockPixels block = new BlockPixels(shape, count, layout);
    double[] values = new double[shape.values()];
    int atOnce = data.rowsAtOnce();
    for (int done = 0; done < count; done += atOnce) {
      int images = Math.min(atOnce, count - done);
      ByteBuffer stored = data.rows(first + done, images);
      for (int image = 0; image < images; image++) {
        stored.position(image * data.declared().rowBytes());
        data.declared().type().decode(stored, values);
        int bad = block.add(values);
        if (bad >= 0) {
          throw badValue(values[bad], first + done + image, bad);
        }
      }
    }
    return block.pixels();
  }

  private UnusableDataException badValue(double value, int image, int index) {
    int position = layout.position(shape, index);
    return new UnusableDataException(
        "expected values from 0 to 255, found %s at image %d, channel %d, row %d, column %d"
            .formatted(
                NumberType.plain(value),
                image,
                layout.channel(shape, index),
                position / shape.width(),
                position % shape.width()));
  }

  /** Closes the file. */
  @Override
  public void close() {
    file.close();
  }
}
