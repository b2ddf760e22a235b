package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.images.LabelledImages;
import backsweep.training.TrainingImages;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Whole sets of images in an executor's memory, once for all tasks that learn from them. */
final class ExecutorImages {

  private static final Map<String, SoftReference<TrainingImages>> SETS = new HashMap<>();

  private ExecutorImages() {}

  /** The images of a file; read if they are not here, or no longer. */
  static synchronized TrainingImages of(Configuration configuration, LearnedFile file) {
    SoftReference<TrainingImages> known = SETS.get(file.sha256());
    TrainingImages images = known == null ? null : known.get();
    if (images == null) {
      images = read(configuration, file);
      SETS.put(file.sha256(), new SoftReference<>(images));
    }
    return images;
  }

  private static TrainingImages read(Configuration configuration, LearnedFile file) {
    try (LabelledImages images = file.kind().open(configuration, file.path())) {
      return read(images, file.path(), limit());
    }
  }

  /**
   * All images of a file.
   *
   * @param limit the bytes they may take
   * @throws IllegalArgumentException if they take more, with what to do
   */
  static TrainingImages read(LabelledImages images, String path, long limit) {
    return gather(
        IntStream.range(0, images.blocks()).mapToObj(images::block).iterator(), path, limit);
  }

  /** All images of blocks that come in any order; see {@link #read}. */
  static TrainingImages gather(Iterator<ImageBlock> blocks, String path) {
    return gather(blocks, path, limit());
  }

  private static TrainingImages gather(Iterator<ImageBlock> blocks, String path, long limit) {
    List<ImageBlock> gathered = new ArrayList<>();
    long bytes = 0;
    while (blocks.hasNext()) {
      ImageBlock block = blocks.next();
      bytes += block.pixels().bytes().length;
      if (bytes > limit) {
        throw new IllegalArgumentException(
            ("%s: expected at most %d MB of images, three quarters of an executor's heap, found more"
                    + " in the first %d blocks; give executors more, by spark.executor.memory or"
                    + " BACKSWEEP_DRIVER_MEMORY")
                .formatted(path, limit >> 20, gathered.size() + 1));
      }
      gathered.add(block);
    }
    gathered.sort(Comparator.comparingInt(ImageBlock::index));
    return TrainingImages.of(gathered);
  }

  private static long limit() {
    return Runtime.getRuntime().maxMemory() / 4 * 3;
  }
}
