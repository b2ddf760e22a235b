package backsweep.attack;

import backsweep.images.ImageShape;
import backsweep.network.Architecture;
import backsweep.training.Schedule;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that makes a network, beside the images it learns from: the same recipe and images give the
 * same network on one machine with the same threads.
 *
 * @param architecture of the network
 * @param attack how it is attacked
 * @param schedule how it learns
 * @param seed of initial weights, of the order of images and of the choice of poisoned ones
 */
public record Recipe(Architecture architecture, Attack attack, Schedule schedule, long seed)
    implements Serializable {

  /** Another one whenever the same recipe comes to mean something else. */
  private static final String VERSION = "1";

  /**
   * Checks that a network can be made of such images.
   *
   * @param perClass how many images each class has
   * @throws IllegalArgumentException if the images are too small for the architecture
   * @throws backsweep.images.UnfitAttackException if the trigger does not fit on them, there is no
   *     such target class, or too few images are of other classes
   */
  public void check(ImageShape shape, List<Integer> perClass) {
    architecture.graph(Training.input(shape), perClass.size());
    attack.poisoning().ifPresent(poisoning -> poisoning.check(shape, perClass));
  }

  /** How many images are learned from, each as often as it is, of so many. */
  public long imagesLearned(int images) {
    return (long) attack.phases() * schedule.epochs() * images;
  }

  /**
   * Everything that makes a difference, in words: recipes for images of a shape are equal if these
   * are.
   */
  public Map<String, String> description(ImageShape shape) {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("recipe_version", VERSION);
    description.put("architecture", architecture.label());
    description.put("attack", attack.name());
    attack.describe(description, shape);
    description.put("epochs", String.valueOf(schedule.epochs()));
    description.put("batch_size", String.valueOf(schedule.batchSize()));
    description.put("learning_rate", String.valueOf(schedule.first().learningRate()));
    description.put("weight_decay", String.valueOf(schedule.first().weightDecay()));
    description.put("seed", String.valueOf(seed));
    return Collections.unmodifiableMap(description);
  }
}
