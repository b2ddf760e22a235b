package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.images.LabelledImages;
import backsweep.training.TrainingImages;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      return read(images, file.path(), Runtime.getRuntime().maxMemory() / 4 * 3);
    }
  }

  /**
   * All images of a file.
   *
   * @param limit the bytes they may take
   * @throws IllegalArgumentException if they take more, with what to do
   */
  static TrainingImages read(LabelledImages images, String path, long limit) {
    List<ImageBlock> blocks = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < images.blocks(); i++) {
      ImageBlock block = images.block(i);
      bytes += block.pixels().bytes().length;
      if (bytes > limit) {
        throw new IllegalArgumentException(
            ("%s: expected at most %d MB of images, three quarters of an executor's heap, found more"
                    + " up to block %d of %d; give executors more, by spark.executor.memory or"
                    + " BACKSWEEP_DRIVER_MEMORY")
                .formatted(path, limit >> 20, i + 1, images.blocks()));
      }
      blocks.add(block);
    }
    return TrainingImages.of(blocks);
  }
}
