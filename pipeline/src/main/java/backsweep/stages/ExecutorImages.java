package backsweep.stages;

import backsweep.attack.TrainingImages;
import backsweep.images.LabelledImages;
import java.lang.ref.SoftReference;
import java.util.HashMap;
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
      return TrainingImages.of(
          IntStream.range(0, images.blocks()).mapToObj(images::block).toList());
    }
  }
}
