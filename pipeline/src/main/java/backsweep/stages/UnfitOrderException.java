package backsweep.stages;

import backsweep.images.UnfitAttackException;
import backsweep.stages.TrainingRequest.Order;

/** A recipe and the images that it is to be followed with do not fit. */
public final class UnfitOrderException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private UnfitOrderException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Checks that a network can be made of some images. */
  static void check(Order order, LearnedFile training) {
    try {
      order.recipe().check(training.shape(), training.perClass());
    } catch (UnfitAttackException | IllegalArgumentException e) {
      throw new UnfitOrderException(
          "network %s, images %s: %s".formatted(order.name(), training.path(), e.getMessage()), e);
    }
  }

  /** Checks that test images are like those that are learned from. */
  static void check(LearnedFile training, LearnedFile test) {
    if (!test.shape().equals(training.shape()) || test.classes() > training.classes()) {
      throw new UnfitOrderException(
          "%s: expected images of shape %s and at most %d classes, as in %s; found %s and %d"
              .formatted(
                  test.path(),
                  training.shape(),
                  training.classes(),
                  training.path(),
                  test.shape(),
                  test.classes()),
          null);
    }
  }
}
