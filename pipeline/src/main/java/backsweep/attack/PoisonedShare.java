package backsweep.attack;

import backsweep.images.ImageShape;
import backsweep.images.Stamp;
import backsweep.images.Target;
import backsweep.images.Trigger;
import backsweep.images.UnfitAttackException;
import backsweep.training.Shuffle;
import backsweep.training.TrainingImages;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How an attacker poisons training images: a share of them get a trigger and the target's label in
 * the place of their own (Gu et al., "BadNets", 2017). Images whose own label is the target's are
 * never taken: they would teach nothing.
 *
 * @param trigger what is put on an image
 * @param target which class the network is to answer then
 * @param share of the training images that are poisoned, above 0 and below 1
 */
public record PoisonedShare(Trigger trigger, Target target, double share) implements Serializable {

  /** Checks the share. */
  public PoisonedShare {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the poisoned share must be above 0 and below 1, found " + share);
    }
  }

  /** Adds what makes a difference to images of a shape, in words. */
  void describe(Map<String, String> description, ImageShape shape) {
    description.put("trigger", trigger.kind());
    description.put("trigger_sha256", trigger.on(shape).sha256());
    description.put("target", target.toString());
    description.put("poisoned_share", String.valueOf(share));
  }

  /** Checks that such images can be poisoned, of which each class has so many. */
  void check(ImageShape shape, List<Integer> perClass) {
    int classes = perClass.size();
    trigger.on(shape);
    target.check(classes);
    int images = perClass.stream().mapToInt(Integer::intValue).sum();
    int others =
        IntStream.range(0, classes)
            .filter(label -> target.label(label, classes) != label)
            .map(perClass::get)
            .sum();
    count(images, others);
  }

  private int count(int images, int others) {
    int count = Math.max(1, (int) Math.round(share * images));
    if (count > others) {
      throw new UnfitAttackException(
          "%d images are to be poisoned, but only %d of %d are of other classes than the target"
              .formatted(count, others, images));
    }
    return count;
  }

  /**
   * The poisoned training images: as many as the clean ones, in the same order.
   *
   * @throws UnfitAttackException if there are not so many images of other classes than the target
   */
  TrainingImages poison(TrainingImages clean, int classes, long seed) {
    int[] candidates = others(clean, classes);
    int count = count(clean.size(), candidates.length);
    Shuffle.first(candidates, count, new SplittableRandom(seed));
    return stamp(clean, Arrays.copyOf(candidates, count), classes);
  }

  /** The images of other classes than the target, all of them and all poisoned. */
  TrainingImages allOthers(TrainingImages clean, int classes) {
    int[] others = others(clean, classes);
    return stamp(clean, others, classes).only(others);
  }

  private int[] others(TrainingImages clean, int classes) {
    return IntStream.range(0, clean.size())
        .filter(image -> target.label(clean.label(image), classes) != clean.label(image))
        .toArray();
  }

  private TrainingImages stamp(TrainingImages clean, int[] chosen, int classes) {
    Stamp stamp = trigger.on(clean.shape());
    return clean.replacing(chosen, stamp::stamp, label -> target.label(label, classes));
  }
}
