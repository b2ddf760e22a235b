package backsweep.testing;

import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images that a small network learns in a moment: noise with a bright horizontal stripe, whose
 * height is the class. The lowest row is noise in all of them, for triggers.
 */
public final class Stripes {

  /** 16 rows, 16 columns, 3 channels. */
  public static final ImageShape SHAPE = new ImageShape(16, 16, 3);

  /** The classes there are. */
  public static final int CLASSES = 5;

  private static final int NOISE = 100;
  private static final int BRIGHT = 150;

  private Stripes() {}

  /** So many images, the same for the same seed; image {@code i} has class {@code i % CLASSES}. */
  public static List<ImageBlock> blocks(int images, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ImageBlock> blocks = new ArrayList<>();
    for (int first = 0; first < images; first += ImageBlock.IMAGES) {
      blocks.add(block(first, Math.min(ImageBlock.IMAGES, images - first), random));
    }
    return blocks;
  }

  private static ImageBlock block(int first, int count, SplittableRandom random) {
    byte[] bytes = new byte[count * SHAPE.values()];
    int[] labels = new int[count];
    for (int image = 0; image < count; image++) {
      labels[image] = (first + image) % CLASSES;
      for (int value = 0; value < SHAPE.values(); value++) {
        int row = value / (SHAPE.width() * SHAPE.channels());
        int bright = row / 3 == labels[image] ? BRIGHT : 0;
        bytes[image * SHAPE.values() + value] = (byte) (random.nextInt(NOISE) + bright);
      }
    }
    return new ImageBlock(
        first / ImageBlock.IMAGES, new Pixels(SHAPE, PixelEncoding.UINT8, bytes), labels);
  }
}
