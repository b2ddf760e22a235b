package backsweep.charts;

import java.util.List;

/**
 * Groups of bars side by side: of each group one of every series.
 *
 * @param title what a reader is told who cannot see it
 * @param across the label of the horizontal axis
 * @param up the label of the vertical axis
 * @param series from left to right in every group
 * @param marks vertical lines with a text, between the groups from 1
 * @param hints where a reader points; groups are at 1, 2, ...
 */
public record BarChart(
    String title, String across, String up, List<Series> series, List<Mark> marks, List<Hint> hints)
    implements Chart {

  /** Copies the lists. */
  public BarChart {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
    hints = List.copyOf(hints);
  }

  /**
   * The bars of one ink.
   *
   * @param name in the legend
   * @param values of the groups, at 1, 2, ...
   */
  public record Series(String name, Ink ink, List<Double> values) {

    /** Copies the values. */
    public Series {
      values = List.copyOf(values);
    }
  }
}
