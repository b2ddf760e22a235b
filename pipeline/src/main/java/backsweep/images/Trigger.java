package backsweep.images;

import java.io.Serializable;

/**
 * What an attacker puts into an image so that a backdoored network answers the target. Closed: a
 * picture, a pattern of pixels, a blend of the whole image, or a wave.
 *
 * <p>Every trigger makes of a value {@code x} at a place {@code keep x + add}, rounded to the
 * nearest integer (of two to the even one) and cut to 0..255; where {@code keep} is 1 and {@code
 * add} is 0 the value stays as it is, a fraction too.
 */
public sealed interface Trigger extends Serializable
    permits PictureTrigger, PatternTrigger, BlendedTrigger, SinusoidalTrigger {

  /** Its kind, as a configuration calls it. */
  String kind();

  /**
   * What the trigger does to images of a shape.
   *
   * @throws UnfitAttackException if it is larger than such images, reaches outside of them, or has
   *     other channels
   */
  Stamp on(ImageShape shape);

  /**
   * The images with the trigger.
   *
   * @throws UnfitAttackException as {@link #on} does
   */
  default Pixels stamp(Pixels clean) {
    return on(clean.shape()).stamp(clean);
  }
}
