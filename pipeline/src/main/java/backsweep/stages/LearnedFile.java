package backsweep.stages;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageShape;
import backsweep.stages.TrainingRequest.Order;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of clean images that networks learn from or are tried on.
 *
 * @param path on any Hadoop path
 * @param kind how it is read
 * @param shape of each image
 * @param perClass how many images each class has; as many classes as the largest label says
 */
public record LearnedFile(
    String path, SourceKind.Hdf5 kind, ImageShape shape, List<Integer> perClass)
    implements Serializable {

  /** Copies the list. */
  public LearnedFile {
    perClass = List.copyOf(perClass);
  }

  static LearnedFile of(String path, SourceKind.Hdf5 kind, Hdf5Images images) {
    images.checkScale();
    List<Integer> perClass = new ArrayList<>();
    for (int label : images.labels()) {
      if (label >= perClass.size()) {
        perClass.addAll(Collections.nCopies(label + 1 - perClass.size(), 0));
      }
      perClass.set(label, perClass.get(label) + 1);
    }
    return new LearnedFile(path, kind, images.shape(), perClass);
  }

  /** The hash of the images, as they are read: 64 hex digits. */
  public String sha256() {
    return kind.identity();
  }

  /** How many images there are. */
  public int images() {
    return perClass.stream().mapToInt(Integer::intValue).sum();
  }

  /** How many classes there are. */
  public int classes() {
    return perClass.size();
  }

  /** The recipe of a network that learns from these images, in words. */
  Map<String, String> recipe(Order order) {
    Map<String, String> words = new LinkedHashMap<>(order.recipe().description(shape));
    words.put("training_images_sha256", sha256());
    return words;
  }
}
