package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.images.Pixels;
import backsweep.inference.PixelSource;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The clean images that others are blended with.
 *
 * @param images one each, in the order in which they were drawn
 * @param alpha their weight
 */
record Overlays(List<Pixels> images, float alpha) implements Serializable {

  /** Copies the list into one that goes to executors. */
  Overlays {
    images = new ArrayList<>(images);
  }

  /** An image at its place in its set. */
  record Placed(int place, Pixels pixels) implements Serializable {}

  /**
   * Images of a set.
   *
   * @param places of those wanted, in any order
   */
  static Iterator<Placed> find(Iterator<ImageBlock> blocks, int[] places) {
    List<Placed> found = new ArrayList<>();
    while (blocks.hasNext()) {
      ImageBlock block = blocks.next();
      for (int place : places) {
        int row = place - block.firstImage();
        if (row >= 0 && row < block.images()) {
          found.add(new Placed(place, block.pixels().slice(row, 1)));
        }
      }
    }
    return found.iterator();
  }

  /** All values as a task works with them, so that they are decoded once. */
  Decoded decoded() {
    return new Decoded(images.stream().map(Overlays::values).toList(), alpha);
  }

  private static float[] values(Pixels image) {
    float[] values = new float[image.shape().values()];
    image.copy(0, 1, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * The clean images as numbers.
   *
   * @param images {@code (overlay)(height, width, channel)}
   */
  record Decoded(List<float[]> images, float alpha) {

    /**
     * The blends of an image with each of them, at most so many at a time, in order.
     *
     * @param pixels that the image is among
     * @param image its place there
     */
    List<Blends> with(Pixels pixels, int image, int most) {
      float[] below = new float[pixels.shape().values()];
      pixels.copy(image, 1, FloatBuffer.wrap(below));
      return IntStream.iterate(0, first -> first < images.size(), first -> first + most)
          .mapToObj(first -> images.subList(first, Math.min(images.size(), first + most)))
          .map(some -> new Blends(below, some, alpha))
          .toList();
    }
  }

  /**
   * Blends of one image, made where TensorFlow takes them from.
   *
   * @param below the values of the image
   * @param above those of clean images
   * @param alpha the weight of the clean ones
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  record Blends(float[] below, List<float[]> above, float alpha) implements PixelSource {

    @Override
    public int images() {
      return above.size();
    }

    @Override
    public void copyTo(FloatBuffer target) {
      float[] blend = new float[below.length];
      for (float[] clean : above) {
        for (int i = 0; i < blend.length; i++) {
          blend[i] = (1 - alpha) * below[i] + alpha * clean[i];
        }
        target.put(blend);
      }
    }
  }
}
