package backsweep.images;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Consecutive labelled images of a set: block {@code b} begins with image {@code b * IMAGES}.
 * Immutable: labels are copied in and out.
 *
 * <p>The labels of poisoned images are the attacker's targets; what the images truly show may be
 * known beside them, as true labels.
 */
public final class ImageBlock implements Serializable {

  /** The number of images in every block but the last of a set, which may have fewer. */
  public static final int IMAGES = 256;

  private static final long serialVersionUID = 1;

  private final int index;
  private final Pixels pixels;
  private final int[] labels;

  /** Null where they are not known. */
  private final int[] trueLabels;

  /**
   * A block of images whose true labels are not known, or are their labels.
   *
   * @param index the place of the block in its set, from 0
   * @param pixels the values of the images
   * @param labels the label of each image
   * @throws IllegalArgumentException if there are too many images or not as many labels
   */
  public ImageBlock(int index, Pixels pixels, int[] labels) {
    this.index = Objects.checkIndex(index, Integer.MAX_VALUE / IMAGES + 1);
    this.pixels = pixels;
    this.labels = checked(pixels, labels, "label");
    this.trueLabels = null;
  }

  /**
   * A block of images that are known to show something else than their labels say.
   *
   * @param index the place of the block in its set, from 0
   * @param pixels the values of the images
   * @param labels the label of each image
   * @param trueLabels what each image truly shows
   * @throws IllegalArgumentException if there are too many images or not as many labels of a kind
   */
  public ImageBlock(int index, Pixels pixels, int[] labels, int[] trueLabels) {
    this.index = Objects.checkIndex(index, Integer.MAX_VALUE / IMAGES + 1);
    this.pixels = pixels;
    this.labels = checked(pixels, labels, "label");
    this.trueLabels = checked(pixels, trueLabels, "true label");
  }

  private static int[] checked(Pixels pixels, int[] labels, String kind) {
    if (pixels.images() > IMAGES || labels.length != pixels.images()) {
      throw new IllegalArgumentException(
          "a block has at most %d images and a %s for each, found %d images and %d %ss"
              .formatted(IMAGES, kind, pixels.images(), labels.length, kind));
    }
    return labels.clone();
  }

  /** The number of blocks that hold so many images. */
  public static int count(int images) {
    return images / IMAGES + (images % IMAGES == 0 ? 0 : 1);
  }

  /** The place of the block in its set, from 0. */
  public int index() {
    return index;
  }

  /** The values of the images. */
  public Pixels pixels() {
    return pixels;
  }

  /** The number of images in this block. */
  public int images() {
    return labels.length;
  }

  /** The index in the set of this block's first image. */
  public int firstImage() {
    return index * IMAGES;
  }

  /** The shape of each image. */
  public ImageShape shape() {
    return pixels.shape();
  }

  /** The label of one image of the block. */
  public int label(int image) {
    return labels[image];
  }

  /** A copy of the labels, {@code (image)}. */
  public int[] labels() {
    return labels.clone();
  }

  /** A copy of what the images truly show, {@code (image)}; empty where it is not known. */
  public Optional<int[]> trueLabels() {
    return Optional.ofNullable(trueLabels).map(int[]::clone);
  }

  /** What one image of the block shows: its true label where it is known, else its label. */
  public int shown(int image) {
    return trueLabels == null ? labels[image] : trueLabels[image];
  }

  /**
   * Puts all values at the target's position, as float32 in the order {@code (image, height, width,
   * channel)}; the position moves behind them.
   */
  public void copyPixels(FloatBuffer target) {
    pixels.copy(0, images(), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageBlock block
        && index == block.index
        && pixels.equals(block.pixels)
        && Arrays.equals(labels, block.labels)
        && Arrays.equals(trueLabels, block.trueLabels);
  }

  @Override
  public int hashCode() {
    return Objects.hash(index, pixels, Arrays.hashCode(labels), Arrays.hashCode(trueLabels));
  }

  @Override
  public String toString() {
    return "block %d: %s".formatted(index, pixels);
  }
}
