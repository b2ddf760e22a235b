package backsweep.charts;

import java.util.List;

/** Something that can be drawn. */
public sealed interface Chart permits LineChart, BarChart {

  /** What a reader is told who cannot see it. */
  String title();

  /** Where a reader points, from left to right. */
  List<Hint> hints();
}
