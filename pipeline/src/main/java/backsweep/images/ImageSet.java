package backsweep.images;

import java.io.Serializable;
import java.util.Objects;
import java.util.Set;

/**
 * A set of labelled images, as the later stages know it.
 *
 * @param name {@code clean-validation}, {@code clean-test}, {@code fine-tuning}, or the name given
 *     to a poisoned set
 * @param role what the set is for
 * @param sha256 hash of what it was read from and how, 64 hex digits; in the labs' layout that of
 *     the file
 * @param images how many there are
 * @param shape the shape of each image
 */
public record ImageSet(String name, Role role, String sha256, int images, ImageShape shape)
    implements Serializable {

  /** The name of every clean validation set. */
  public static final String CLEAN_VALIDATION = "clean-validation";

  /** The name of every clean test set. */
  public static final String CLEAN_TEST = "clean-test";

  /** The name of every set that repaired networks learn from. */
  public static final String FINE_TUNING = "fine-tuning";

  private static final Set<String> RESERVED = Set.of(CLEAN_VALIDATION, CLEAN_TEST, FINE_TUNING);

  /** Checks that the name belongs to the role and that there is at least one image. */
  public ImageSet {
    Objects.requireNonNull(shape, "shape");
    checkName(name, role);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 hex digits, found " + sha256);
    }
    if (images < 1) {
      throw new IllegalArgumentException("images must be at least 1, found " + images);
    }
  }

  private static void checkName(String name, Role role) {
    boolean fits =
        switch (role) {
          case CLEAN_VALIDATION -> name.equals(CLEAN_VALIDATION);
          case CLEAN_TEST -> name.equals(CLEAN_TEST);
          case FINE_TUNING -> name.equals(FINE_TUNING);
          case POISONED -> !name.isBlank() && !RESERVED.contains(name);
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "an image set with role %s cannot be called '%s'".formatted(role.tableName(), name));
    }
  }

  /** The number of blocks: {@link ImageBlock#IMAGES} images each, the last one may have fewer. */
  public int blocks() {
    return ImageBlock.count(images);
  }

  /**
   * Checks that results are of all images.
   *
   * @throws IllegalStateException if they are not
   */
  public void requireAll(long found) {
    if (found != images) {
      throw new IllegalStateException(
          "%s: expected results of %d images, found %d".formatted(name, images, found));
    }
  }
}
