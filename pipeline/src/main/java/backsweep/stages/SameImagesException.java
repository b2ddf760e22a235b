package backsweep.stages;

import backsweep.images.Role;

/** One image set was given for two purposes that exclude each other: a slip, never a wish. */
public class SameImagesException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says what was expected, and names the two sets and their files. */
  public SameImagesException(String expected, ImageSource one, ImageSource other) {
    super(
        "%s, found the same %d images and labels in %s (%s) and %s (%s)"
            .formatted(
                expected, other.set().images(), one.path(), name(one), other.path(), name(other)));
  }

  private static String name(ImageSource source) {
    boolean isPoisoned = source.set().role() == Role.POISONED;
    return (isPoisoned ? "poisoned set " : "") + source.set().name();
  }
}
