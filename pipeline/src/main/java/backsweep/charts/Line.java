package backsweep.charts;

import java.util.List;

/**
 * A line of a chart, with the band that its values are uncertain in.
 *
 * @param name in the legend
 * @param ink what it is drawn with
 * @param points from left to right
 */
public record Line(String name, Ink ink, List<Point> points) {

  /** Copies the points. */
  public Line {
    points = List.copyOf(points);
  }

  /**
   * A point of a line.
   *
   * @param low the lower end of the band; the value where there is none
   * @param high the upper end
   */
  public record Point(double x, double y, double low, double high) {

    /** A point that is certain. */
    public Point(double x, double y) {
      this(x, y, y, y);
    }
  }
}
