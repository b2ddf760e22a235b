package backsweep.images;

import java.util.Optional;

/**
 * Images with labels, wherever they are kept, read a block at a time. An instance is for one
 * thread. All methods throw {@link ImageFileException} if what they need is broken.
 */
public interface LabelledImages extends AutoCloseable {

  /** The number of images. */
  int images();

  /** The shape of each image. */
  ImageShape shape();

  /** All labels, {@code (image)}, each 0 or more. */
  int[] labels();

  /** What the images truly show, {@code (image)}; empty where it is not known. */
  Optional<int[]> trueLabels();

  /**
   * Reads one block, with the values in the order {@code (image, height, width, channel)}.
   *
   * @param index from 0 to {@code blocks() - 1}
   */
  ImageBlock block(int index);

  /** The number of blocks: {@link ImageBlock#IMAGES} images each, the last one may have fewer. */
  default int blocks() {
    return ImageBlock.count(images());
  }

  @Override
  void close();
}
