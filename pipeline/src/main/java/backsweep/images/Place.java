package backsweep.images;

import java.io.Serializable;
import java.util.Locale;

/** Where in an image a trigger stands. */
public sealed interface Place extends Serializable {

  /** The column of its left edge, from 0. */
  long left(int imageWidth, int width);

  /** The row of its upper edge, from 0. */
  long top(int imageHeight, int height);

  /**
   * A place counted from the upper left corner.
   *
   * @param x the column of the left edge, from 0
   * @param y the row of the upper edge, from 0
   */
  record At(int x, int y) implements Place {

    @Override
    public long left(int imageWidth, int width) {
      return x;
    }

    @Override
    public long top(int imageHeight, int height) {
      return y;
    }

    @Override
    public String toString() {
      return "at x = %d, y = %d".formatted(x, y);
    }
  }

  /**
   * A corner.
   *
   * @param side which one
   * @param margin how many pixels lie between the trigger and either edge
   */
  record InCorner(Corner side, int margin) implements Place {

    @Override
    public long left(int imageWidth, int width) {
      return side.isRight() ? (long) imageWidth - width - margin : margin;
    }

    @Override
    public long top(int imageHeight, int height) {
      return side.isBottom() ? (long) imageHeight - height - margin : margin;
    }

    @Override
    public String toString() {
      return "in the corner %s, %d pixels from the edges".formatted(side, margin);
    }
  }

  /** The corners of an image. */
  enum Corner {
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_RIGHT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean isRight() {
      return this == TOP_RIGHT || this == BOTTOM_RIGHT;
    }

    private boolean isBottom() {
      return this == BOTTOM_LEFT || this == BOTTOM_RIGHT;
    }
  }

  /**
   * Checks that a trigger of some size lies within the image.
   *
   * @throws UnfitAttackException if it is larger, or reaches outside
   */
  default void check(int width, int height, ImageShape shape) {
    if (width > shape.width() || height > shape.height()) {
      throw new UnfitAttackException(
          "expected a trigger no larger than the images, %d x %d (width x height), found %d x %d"
              .formatted(shape.width(), shape.height(), width, height));
    }
    long left = left(shape.width(), width);
    long top = top(shape.height(), height);
    if (left < 0 || top < 0 || left + width > shape.width() || top + height > shape.height()) {
      throw new UnfitAttackException(
          "expected a trigger inside of the images, %d x %d (width x height), found one of %d x %d"
                  .formatted(shape.width(), shape.height(), width, height)
              + " at x = %d, y = %d: x can be 0 to %d, y 0 to %d"
                  .formatted(left, top, shape.width() - width, shape.height() - height));
    }
  }
}
