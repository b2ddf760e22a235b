package backsweep.images;

import backsweep.images.Labels.Kind;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An HDF5 file of labelled images: data sets {@code data}, {@code (image, channel, height, width)}
 * or, where it is said, {@code (image, height, width, channel)}, and {@code label}, {@code (image)}
 * or {@code (image, 1)}, both of any type of number, in one piece or in chunks, which may be
 * compressed. In a poisoned file the labels are the attacker's targets; what the images truly show
 * may stand beside them, as {@code true_label}, like {@code label}.
 *
 * <p>Blocks are read one at a time; the set is never held in memory. An instance is for one thread.
 * All methods throw {@link ImageFileException} if what they need of the file is broken.
 */
public final class Hdf5Images implements LabelledImages {

  private final Hdf5File file;
  private final Hdf5Pixels pixels;
  private final Labels labels;

  /** Null where the file has none. */
  private final Labels trueLabels;

  private Hdf5Images(Hdf5File file, Function<Declared, ImageLayout> layout) {
    this.file = file;
    this.pixels = new Hdf5Pixels(file, layout);
    this.labels = labels(Kind.LABEL);
    this.trueLabels = file.has(Kind.TRUE_LABEL.dataset()) ? labels(Kind.TRUE_LABEL) : null;
  }

  private Labels labels(Kind kind) {
    Labels found = new Labels(kind, file.numbers(kind.dataset(), Hdf5Images::checkLabel));
    if (images() != found.count()) {
      throw file.problem(
          "expected a %s for each image, found %d images and %d %ss"
              .formatted(kind, images(), found.count(), kind));
    }
    return found;
  }

  /**
   * Opens a file in the labs' layout and checks what it declares; values are checked as they are
   * read.
   *
   * @throws ImageFileException if it is missing, not HDF5, truncated, or does not declare images
   *     and as many labels
   */
  public static Hdf5Images open(Path path) {
    return open(path, ImageLayout.NCHW);
  }

  /**
   * Opens a file of another layout.
   *
   * @throws ImageFileException as {@link #open(Path)} does
   */
  public static Hdf5Images open(Path path, ImageLayout layout) {
    return open(path, (Declared data) -> layout);
  }

  /**
   * Opens a file of images for a network.
   *
   * @param expected the shape of an image that the network takes
   * @param layout of the file; empty: the one that gives images of that shape
   * @throws ImageFileException as {@link #open(Path)} does; or if the images have another shape, or
   *     have that shape in both layouts
   */
  public static Hdf5Images openFor(Path path, ImageShape expected, Optional<ImageLayout> layout) {
    Hdf5Images images = open(path, (Declared data) -> ImageLayout.fitting(data, expected, layout));
    try {
      images.checkShape(expected);
      return images;
    } catch (ImageFileException e) {
      images.close();
      throw e;
    }
  }

  private static Hdf5Images open(Path path, Function<Declared, ImageLayout> layout) {
    Hdf5File file = Hdf5File.open(path);
    try {
      return new Hdf5Images(file, layout);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void checkLabel(Declared label) {
    int axes = label.axes().size();
    if (axes < 1 || axes > 2 || (axes == 2 && label.rowNumbers() != 1)) {
      throw new UnusableDataException(
          "expected '%s' with the axes (image) or (image, 1), found %s"
              .formatted(label.name(), label));
    }
    Hdf5Pixels.checkRows(label);
  }

  /** The order of the file's axes. */
  public ImageLayout layout() {
    return pixels.layout();
  }

  @Override
  public int images() {
    return pixels.images();
  }

  @Override
  public ImageShape shape() {
    return pixels.shape();
  }

  @Override
  public int[] labels() {
    return all(labels).clone();
  }

  @Override
  public Optional<int[]> trueLabels() {
    return Optional.ofNullable(trueLabels).map(kept -> all(kept).clone());
  }

  private int[] all(Labels kept) {
    return file.guarded(kept::all);
  }

  /**
   * Checks, by the first block, that pixels are not from 0 to 1: triggers and training here take
   * them from 0 to 255.
   *
   * @throws UnfitAttackException if all are at most 1, and some above 0
   */
  public void checkScale() {
    ImageBlock first = block(0);
    float[] values = new float[first.images() * shape().values()];
    first.copyPixels(FloatBuffer.wrap(values));
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    if (largest > 0 && largest <= 1) {
      throw new UnfitAttackException(
          "expected images with values from 0 to 255, found none above 1 in the first %d; store them"
                  .formatted(first.images())
              + " multiplied by 255");
    }
  }

  /**
   * Checks that every label, and every true label, is a class.
   *
   * @param classes how many classes there are
   * @throws ImageFileException if a label is not in {@code 0..classes-1}
   */
  public void checkLabels(int classes) {
    Stream.of(Optional.of(labels), Optional.ofNullable(trueLabels))
        .flatMap(Optional::stream)
        .flatMap(kept -> file.guarded(() -> kept.outside(classes)).stream())
        .findFirst()
        .ifPresent(
            problem -> {
              throw file.problem(problem);
            });
  }

  /**
   * Checks that a network takes these images.
   *
   * @param expected the shape of an image that the network takes
   * @throws ImageFileException if the images have another shape
   */
  public void checkShape(ImageShape expected) {
    pixels.checkShape(expected);
  }

  /**
   * Reads one block, with the values as float32 in the order {@code (image, height, width,
   * channel)}.
   *
   * @param index from 0 to {@code blocks() - 1}
   * @throws ImageFileException if a value is not a number in 0..255
   */
  @Override
  public ImageBlock block(int index) {
    Objects.checkIndex(index, blocks());
    int first = index * ImageBlock.IMAGES;
    int count = Math.min(ImageBlock.IMAGES, images() - first);
    int[] ofBlock = Arrays.copyOfRange(all(labels), first, first + count);
    Pixels ofImages = pixels.pixels(first, count);
    return trueLabels == null
        ? new ImageBlock(index, ofImages, ofBlock)
        : new ImageBlock(
            index, ofImages, ofBlock, Arrays.copyOfRange(all(trueLabels), first, first + count));
  }

  /** Closes the file. */
  @Override
  public void close() {
    file.close();
  }
}
