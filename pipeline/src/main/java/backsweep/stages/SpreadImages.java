package backsweep.stages;

import backsweep.images.ImageBlock;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A few images that stand for a whole set: one at random of each of as many parts, so that neither
 * a set that is sorted by class nor one whose classes take turns gives those of few classes. Of
 * sets of many blocks some blocks are read, at equal distances. They are the same ones every time.
 */
final class SpreadImages {

  /** The most images of a set. */
  static final int MOST_IMAGES = 256;

  private static final int MOST_BLOCKS = 16;
  private static final long SEED = 20180901;

  private SpreadImages() {}

  /** Which blocks they are in, of a set of so many images. */
  static List<Integer> blocks(int images) {
    return places(images).stream().map(place -> place / ImageBlock.IMAGES).distinct().toList();
  }

  /** Which they are of so many images, in their order. */
  static List<Integer> places(int images) {
    int[] read =
        PickImages.places(ImageBlock.count(images), MOST_BLOCKS).stream()
            .mapToInt(block -> block * ImageBlock.IMAGES)
            .flatMap(first -> IntStream.range(first, Math.min(images, first + ImageBlock.IMAGES)))
            .toArray();
    int parts = Math.min(read.length, MOST_IMAGES);
    Random random = new Random(SEED);
    return IntStream.range(0, parts)
        .map(
            part -> {
              int start = start(part, read.length, parts);
              return read[start + random.nextInt(start(part + 1, read.length, parts) - start)];
            })
        .boxed()
        .toList();
  }

  private static int start(int part, int images, int parts) {
    return Math.toIntExact((long) part * images / parts);
  }
}
