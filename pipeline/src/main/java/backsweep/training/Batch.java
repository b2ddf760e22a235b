package backsweep.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Room for the images that a step takes, used again and again. */
public final class Batch {

  private final TrainingImages images;
  private final int size;
  private final FloatBuffer pixels;
  private int[] labels = {};

  /** Room for so many images of a set. */
  public Batch(TrainingImages images, int size) {
    this.images = images;
    this.size = size;
    this.pixels =
        ByteBuffer.allocateDirect(Math.multiplyExact(size * Float.BYTES, images.shape().values()))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
  }

  /** Takes the images at some places of an order, as many as there is room for or are left. */
  public void fill(int[] order, int first) {
    int[] chosen = Arrays.copyOfRange(order, first, Math.min(order.length, first + size));
    pixels.clear();
    for (int image : chosen) {
      images.copy(image, pixels);
    }
    pixels.flip();
    labels = Arrays.stream(chosen).map(images::label).toArray();
  }

  /** The pixels, {@code (image, height, width, channel)}. */
  public FloatBuffer pixels() {
    return pixels.duplicate();
  }

  /** The labels, {@code (image)}. */
  public int[] labels() {
    return labels.clone();
  }

  /** The number of images. */
  public int images() {
    return labels.length;
  }
}
