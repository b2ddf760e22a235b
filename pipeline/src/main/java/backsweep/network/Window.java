package backsweep.network;

import java.io.Serializable;

/**
 * A window that slides over height and width, for convolutions and pooling.
 *
 * @param height rows it covers, at least 1
 * @param width columns it covers, at least 1
 * @param rowStride rows from one position to the next, at least 1
 * @param columnStride columns from one position to the next, at least 1
 * @param padding what happens at the border
 */
public record Window(int height, int width, int rowStride, int columnStride, Padding padding)
    implements Serializable {

  /** More than any image has rows, and little enough for 32 bits all along the way. */
  private static final int LARGEST = 1 << 20;

  /** Checks that sizes and strides are positive and not absurd. */
  public Window {
    int smallest = Math.min(Math.min(height, width), Math.min(rowStride, columnStride));
    int largest = Math.max(Math.max(height, width), Math.max(rowStride, columnStride));
    if (smallest < 1 || largest > LARGEST) {
      throw new IllegalArgumentException(
          "window sizes and strides must be %s, found %dx%d strides %d,%d"
              .formatted(
                  smallest < 1 ? "at least 1" : "at most " + LARGEST,
                  height,
                  width,
                  rowStride,
                  columnStride));
    }
  }

  /**
   * The output shape {@code (height, width, channel)} over an input of shape {@code (height, width,
   * any)}.
   *
   * @param rowDilation rows between two covered rows; 1 for pooling
   * @param columnDilation columns between two covered columns; 1 for pooling
   * @throws IllegalArgumentException if the window is larger than the input, or absurdly dilated
   */
  Shape slide(Shape input, int rowDilation, int columnDilation, int channels) {
    long coveredRows = (height - 1L) * rowDilation + 1;
    long coveredColumns = (width - 1L) * columnDilation + 1;
    int rows = padding.outputSize(input.dimension(0), coveredRows, rowStride);
    int columns = padding.outputSize(input.dimension(1), coveredColumns, columnStride);
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a window of %dx%d does not fit into an input of shape %s"
              .formatted(height, width, input));
    }
    if (Math.max(coveredRows, coveredColumns) > LARGEST) {
      throw new IllegalArgumentException(
          "a window may cover at most %d rows and columns, found %dx%d dilated to %dx%d"
              .formatted(LARGEST, height, width, coveredRows, coveredColumns));
    }
    return Shape.of(rows, columns, channels);
  }
}
