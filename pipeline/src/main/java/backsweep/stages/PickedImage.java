package backsweep.stages;

import backsweep.images.Pixels;
import java.io.Serializable;
import java.util.Optional;

/**
 * One image of a set.
 *
 * @param place in the set, from 0
 * @param pixels of the image
 * @param label of the image; of a poisoned one the target
 * @param shown what it truly shows; null where that is not known beside its label
 */
public record PickedImage(int place, Pixels pixels, int label, Integer shown)
    implements Serializable {

  /** What it truly shows, where that is known beside its label. */
  public Optional<Integer> trueLabel() {
    return Optional.ofNullable(shown);
  }
}
