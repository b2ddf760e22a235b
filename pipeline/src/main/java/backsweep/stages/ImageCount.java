package backsweep.stages;

import backsweep.images.ImageBlock;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts the images that tasks have done, to be shown while they run. For display only: results are
 * rows, which no retry counts twice.
 */
record ImageCount(LongAccumulator done) implements Serializable {

  /** The same blocks; the images of one are done when the next is asked for. */
  JavaRDD<ImageBlock> of(JavaRDD<ImageBlock> blocks) {
    return of(blocks, 1);
  }

  /**
   * The same blocks, each of whose images counts more than once.
   *
   * @param networks that see every image
   */
  JavaRDD<ImageBlock> of(JavaRDD<ImageBlock> blocks, int networks) {
    return blocks.mapPartitions(partition -> new Counted(partition, networks, done));
  }

  private static final class Counted implements Iterator<ImageBlock> {

    private final Iterator<ImageBlock> blocks;
    private final int networks;
    private final LongAccumulator done;
    private long inWork;

    private Counted(Iterator<ImageBlock> blocks, int networks, LongAccumulator done) {
      this.blocks = blocks;
      this.networks = networks;
      this.done = done;
    }

    @Override
    public boolean hasNext() {
      done.add(inWork);
      inWork = 0;
      return blocks.hasNext();
    }

    @Override
    public ImageBlock next() {
      done.add(inWork);
      ImageBlock block = blocks.next();
      inWork = (long) networks * block.images();
      return block;
    }
  }
}
