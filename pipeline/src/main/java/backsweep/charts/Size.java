package backsweep.charts;

/**
 * How large a chart is drawn, in pixels of a screen, and whether it is to be read closely.
 *
 * @param isSmall without legend, labels and hints: one of many side by side
 */
public record Size(int width, int height, boolean isSmall) {

  /** One that fills a column. */
  public static final Size FULL = new Size(560, 320, false);

  /** One of many. */
  public static final Size SMALL = new Size(220, 130, true);
}
