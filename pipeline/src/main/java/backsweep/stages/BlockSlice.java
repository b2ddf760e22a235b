package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.inference.PixelSource;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Consecutive images of a block as predictors take them: all, or as many as run at a time.
 *
 * @param block the block
 * @param first the first image, by its place in the block
 * @param images how many
 */
record BlockSlice(ImageBlock block, int first, int images) implements PixelSource {

  /** Checks that the block has these images. */
  BlockSlice {
    Objects.checkFromIndexSize(first, images, block.images());
  }

  /** A block in slices of at most so many images, in order; one where it has no more than that. */
  static List<BlockSlice> of(ImageBlock block, int most) {
    return IntStream.iterate(0, first -> first < block.images(), first -> first + most)
        .mapToObj(first -> new BlockSlice(block, first, Math.min(most, block.images() - first)))
        .toList();
  }

  @Override
  public void copyTo(FloatBuffer target) {
    block.pixels().copy(first, images, target);
  }

  /** The label of each image. */
  int[] labels() {
    return slice(block.labels());
  }

  /** What each image truly shows; empty where it is not known. */
  Optional<int[]> trueLabels() {
    return block.trueLabels().map(this::slice);
  }

  private int[] slice(int[] ofBlock) {
    return Arrays.copyOfRange(ofBlock, first, first + images);
  }
}
