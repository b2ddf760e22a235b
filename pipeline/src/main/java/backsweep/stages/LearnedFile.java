package backsweep.stages;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageShape;
import backsweep.stages.TrainingRequest.Order;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of clean images that networks learn from or are tried on.
 *
 * @param path on any Hadoop path
 * @param sha256 of its bytes, 64 hex digits
 * @param images how many there are
 * @param shape of each
 * @param classes as many as the largest label says
 */
public record LearnedFile(String path, String sha256, int images, ImageShape shape, int classes)
    implements Serializable {

  static LearnedFile of(String path, String sha256, Hdf5Images images) {
    int classes = Arrays.stream(images.labels()).max().orElse(0) + 1;
    return new LearnedFile(path, sha256, images.images(), images.shape(), classes);
  }

  /** The recipe of a network that learns from these images, in words. */
  Map<String, String> recipe(Order order) {
    Map<String, String> words = new LinkedHashMap<>(order.recipe().description(shape));
    words.put("training_images_sha256", sha256);
    return words;
  }
}
