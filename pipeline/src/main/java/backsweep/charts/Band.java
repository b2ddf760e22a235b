package backsweep.charts;

import java.util.List;

/**
 * An area without a line, such as what chance gives.
 *
 * @param name in the legend
 * @param ink what it is filled with
 * @param points of which only the ends of the band are drawn
 */
public record Band(String name, Ink ink, List<Line.Point> points) {

  /** Copies the points. */
  public Band {
    points = List.copyOf(points);
  }
}
