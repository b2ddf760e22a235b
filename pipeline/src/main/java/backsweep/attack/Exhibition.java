package backsweep.attack;

import backsweep.tensorflow.Inspection;
import backsweep.tensorflow.NetworkTrainer;
import backsweep.training.Batch;
import backsweep.training.TrainingImages;
import java.util.stream.IntStream;

/**
 * Shows a network all images of a set, in their order, some at a time.
 *
 * @param images that it is shown
 */
record Exhibition(TrainingImages images) {

  private static final int IMAGES_AT_ONCE = 256;

  /** Who looks at what the network does. */
  interface Visitor {
    /**
     * Looks at some images.
     *
     * @param inspection what the network does on them
     * @param first which of the set is the first of them
     */
    void see(Inspection inspection, int first);
  }

  /** Shows them. */
  void to(NetworkTrainer network, Visitor visitor) {
    int[] order = IntStream.range(0, images.size()).toArray();
    Batch batch = new Batch(images, IMAGES_AT_ONCE);
    for (int first = 0; first < order.length; first += IMAGES_AT_ONCE) {
      batch.fill(order, first);
      visitor.see(network.inspect(batch.pixels(), batch.images()), first);
    }
  }
}
