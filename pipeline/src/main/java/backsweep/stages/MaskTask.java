package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.images.Pixels;
import backsweep.pruning.AdversarialPruning;
import backsweep.tensorflow.DivergedException;
import backsweep.tensorflow.FactorGradients;
import backsweep.training.MaskLearning;
import backsweep.training.PrunableNetwork;
import backsweep.training.Shuffle;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * Learns the mask of adversarial pruning of one network, on an executor, from some of the images of
 * a set.
 *
 * @param how it learns
 * @param network that is masked
 * @param available how many images the set has
 * @param mostHeld how many images may be held behind the convolution
 */
record MaskTask(
    AdversarialPruning how, Broadcast<PrunableNetwork> network, int available, int mostHeld)
    implements Serializable {

  private static final int IMAGES_AT_ONCE = 32;

  /**
   * What became of it.
   *
   * @param mask {@code (channel)}; null where learning failed
   * @param failure why; null where it did not
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  record Outcome(double[] mask, String failure) implements Serializable {}

  /** One of the images. */
  private record Drawn(Pixels pixels, int label) {}

  /** How many images are learned from, each as often as it is. */
  long imagesLearned() {
    int batch = Math.min(AdversarialPruning.BATCH, drawn());
    return (long) how.iterations() * batch;
  }

  /**
   * Learns.
   *
   * @param blocks all blocks of the set, in any order
   * @return one outcome
   */
  Iterator<Outcome> learn(Iterator<ImageBlock> blocks, ImageCount count) {
    try {
      return List.of(new Outcome(learn(draw(blocks), count), null)).iterator();
    } catch (DivergedException e) {
      return List.of(new Outcome(null, e.getMessage())).iterator();
    }
  }

  private double[] learn(List<Drawn> images, ImageCount count) {
    PrunableNetwork carried = network.value();
    try (FactorGradients gradients =
        new FactorGradients(
            carried.network(), carried.inputScale(), carried.point(), NetworkTask.threads())) {
      gradients.hold(() -> buffers(images));
      int[] labels = images.stream().mapToInt(Drawn::label).toArray();
      MaskLearning learning = new MaskLearning(how, gradients, labels, carried.point().channels());
      return learning.learn(learned -> count.done().add(learned));
    }
  }

  /** Fewer than wanted where the set has fewer, or what crosses the cut would not fit in memory. */
  private int drawn() {
    return drawn(how, available, mostHeld);
  }

  /** How many images are learned from. */
  static int drawn(AdversarialPruning how, int available, int mostHeld) {
    return Math.min(Math.min(how.images(), available), mostHeld);
  }

  private List<Drawn> draw(Iterator<ImageBlock> blocks) {
    int[] chosen = IntStream.range(0, available).toArray();
    int drawn = drawn();
    Shuffle.first(chosen, drawn, new SplittableRandom(how.seed()));
    int[] sorted = Arrays.stream(chosen, 0, drawn).sorted().toArray();
    TreeMap<Integer, Drawn> images = new TreeMap<>();
    while (blocks.hasNext()) {
      ImageBlock block = blocks.next();
      for (int row = 0; row < block.images(); row++) {
        int image = block.firstImage() + row;
        if (Arrays.binarySearch(sorted, image) >= 0) {
          images.put(image, new Drawn(block.pixels().slice(row, 1), block.label(row)));
        }
      }
    }
    return new ArrayList<>(images.values());
  }

  /** A few images at a time, in one buffer. */
  private static Iterator<FloatBuffer> buffers(List<Drawn> images) {
    int values = images.get(0).pixels().shape().values();
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(Math.multiplyExact(IMAGES_AT_ONCE * Float.BYTES, values))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return IntStream.iterate(0, first -> first < images.size(), first -> first + IMAGES_AT_ONCE)
        .mapToObj(
            first -> {
              buffer.clear();
              images.subList(first, Math.min(images.size(), first + IMAGES_AT_ONCE)).stream()
                  .map(Drawn::pixels)
                  .forEach(pixels -> pixels.copy(0, 1, buffer));
              return buffer.flip();
            })
        .iterator();
  }
}
