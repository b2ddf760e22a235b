package backsweep.images;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How clean images become poisoned ones: all get the trigger, and the target as their label; what
 * they show stays beside it as the true label.
 *
 * @param trigger what is put into every image
 * @param target what every image is labelled with
 * @param isTargetClassKept whether images that show their target anyway are kept, as the labs do,
 *     or left out, as the literature does
 */
public record Poisoning(Trigger trigger, Target target, boolean isTargetClassKept) {

  /**
   * Poisons the images of a file of so many classes.
   *
   * @param clean the file; its true labels, where it has some, say what the images show
   * @throws UnfitAttackException if the trigger or the target does not fit these images, their
   *     values seem to go from 0 to 1, or none would be left
   * @throws ImageFileException if the file is broken or has a label that is no class
   */
  public PoisonedImages of(Hdf5Images clean, int classes) {
    target.check(classes);
    clean.checkLabels(classes);
    clean.checkScale();
    int[] shown = shown(clean);
    int[] kept =
        IntStream.range(0, shown.length)
            .filter(i -> isTargetClassKept || target.label(shown[i], classes) != shown[i])
            .toArray();
    if (kept.length == 0) {
      throw new UnfitAttackException(
          "expected images that show something else than the target %s, found none among %d"
              .formatted(target, shown.length));
    }
    return new PoisonedImages(clean, this, classes, kept);
  }

  /**
   * Poisons the images of a file whose number of classes is not known: the largest label says it.
   *
   * @throws UnfitAttackException as {@link #of(Hdf5Images, int)} does; and if targets are
   *     all-to-all, but the images do not show all classes up to the largest label, so that there
   *     may well be more behind it
   * @throws ImageFileException if the file is broken
   */
  public PoisonedImages of(Hdf5Images clean) {
    int[] shown = shown(clean);
    int classes = Math.addExact(Arrays.stream(shown).max().orElseThrow(), 1);
    long seen = Arrays.stream(shown).distinct().count();
    if (target.needsAllClasses() && seen < classes) {
      throw new UnfitAttackException(
          "expected the number of classes for %s targets: the images show %d of the classes 0 to %d,"
                  .formatted(target, seen, classes - 1)
              + " so there may be more");
    }
    checkTarget(classes);
    return of(clean, classes);
  }

  private void checkTarget(int classes) {
    try {
      target.check(classes);
    } catch (UnfitAttackException e) {
      throw new UnfitAttackException(
          "%s; the largest label is %d: if there are more classes, say how many"
              .formatted(e.getMessage(), classes - 1));
    }
  }

  private static int[] shown(Hdf5Images clean) {
    return clean.trueLabels().orElseGet(clean::labels);
  }
}
