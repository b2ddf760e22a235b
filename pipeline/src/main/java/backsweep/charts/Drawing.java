package backsweep.charts;

import java.awt.Color;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.w3c.dom.Element;

/**
 * Draws charts.
 *
 * @param size how large
 */
public record Drawing(Size size) {

  private static final int DOTS_PER_PIXEL = 2;

  /** Whether this Java can draw text, for which it takes fontconfig and a font. */
  public static boolean isPossible() {
    try {
      return Plots.FONT.canDisplay('0')
          && Plots.FONT.getStringBounds("0", new FontRenderContext(null, true, true)).getWidth()
              > 0;
    } catch (RuntimeException | InternalError | LinkageError e) {
      return false; // as Java says that there are no fonts
    }
  }

  /**
   * A chart as an {@code <svg>} to be set into a page: of colours that the page names, with a hint
   * wherever a reader points.
   *
   * @param id which no other chart of the page has
   */
  public String inPage(Chart chart, String id) {
    SvgDocument svg = draw(chart, id);
    svg.describe(chart.title());
    svg.nameColors();
    return svg.text();
  }

  /** A chart as an SVG file. */
  public String file(Chart chart) {
    SvgDocument svg = draw(chart, "chart");
    svg.describe(chart.title());
    return svg.text();
  }

  /** A chart as a PNG file, of twice as many pixels. */
  public byte[] png(Chart chart) {
    JFreeChart plotted = new Plots(size).plot(chart);
    plotted.setBackgroundPaint(Color.WHITE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ChartUtils.writeScaledChartAsPNG(
          bytes, plotted, size.width(), size.height(), DOTS_PER_PIXEL, DOTS_PER_PIXEL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private SvgDocument draw(Chart chart, String id) {
    SvgDocument svg = new SvgDocument(id, size);
    JFreeChart plotted = new Plots(size).plot(chart);
    ChartRenderingInfo info = new ChartRenderingInfo();
    SVGGraphics2D graphics = svg.graphics();
    plotted.draw(graphics, new Rectangle2D.Double(0, 0, size.width(), size.height()), info);
    svg.finish(graphics);
    if (!size.isSmall()) {
      addHints(chart, plotted.getXYPlot(), info.getPlotInfo().getDataArea(), svg);
    }
    return svg;
  }

  private static void addHints(Chart chart, XYPlot plot, Rectangle2D area, SvgDocument svg) {
    for (Hint hint : chart.hints()) {
      double left = plot.getDomainAxis().valueToJava2D(hint.from(), area, RectangleEdge.BOTTOM);
      double right = plot.getDomainAxis().valueToJava2D(hint.to(), area, RectangleEdge.BOTTOM);
      left = Math.max(left, area.getMinX());
      right = Math.min(right, area.getMaxX());
      Element place =
          svg.rectangle(new Rectangle2D.Double(left, area.getY(), right - left, area.getHeight()));
      svg.tell(place, hint.text());
    }
  }
}
