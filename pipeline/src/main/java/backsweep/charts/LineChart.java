package backsweep.charts;

import java.util.List;

/**
 * Lines over a number, with bands, marks and hints.
 *
 * @param title what a reader is told who cannot see it
 * @param across the horizontal axis
 * @param up the vertical axis
 * @param lines from back to front
 * @param bands behind the lines
 * @param marks vertical lines with a text
 * @param hints where a reader points
 */
public record LineChart(
    String title,
    Axis across,
    Axis up,
    List<Line> lines,
    List<Band> bands,
    List<Mark> marks,
    List<Hint> hints)
    implements Chart {

  /** Copies the lists. */
  public LineChart {
    lines = List.copyOf(lines);
    bands = List.copyOf(bands);
    marks = List.copyOf(marks);
    hints = List.copyOf(hints);
  }
}
