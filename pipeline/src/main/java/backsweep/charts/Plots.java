package backsweep.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultIntervalXYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Charts as JFreeChart draws them. */
final class Plots {

  /** Text and axes. */
  static final Color TEXT = new Color(0x222222);

  /** Lines to find values by. */
  static final Color GRID = new Color(0xDDDDDD);

  static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final float BAND = 0.18f;
  private static final Color NOTHING = new Color(TEXT.getRGB() & 0xFFFFFF, true);
  private static final Stroke MARK = new BasicStroke(1);
  private static final Shape DASH = new Line2D.Double(-12, 0, 12, 0);
  private static final Shape AREA = new Rectangle2D.Double(-8, -5, 16, 10);
  private static final double LINE_HEIGHT = 15;
  private static final double FROM_TOP = 20;

  /** The share of the axis that it takes to write a mark's text left of it. */
  private static final double ROOM = 0.3;

  private final Size size;

  Plots(Size size) {
    this.size = size;
  }

  /** A chart, ready to be drawn. */
  JFreeChart plot(Chart chart) {
    return chart instanceof LineChart lines ? plot(lines) : plot((BarChart) chart);
  }

  private JFreeChart plot(LineChart chart) {
    XYPlot plot = empty();
    plot.setDomainAxis(axis(chart.across()));
    plot.setRangeAxis(axis(chart.up()));
    plot.setDataset(0, dataset(chart));
    plot.setRenderer(0, renderer(chart));
    addMarks(plot, chart.marks());
    plot.setFixedLegendItems(legend(chart));
    return framed(plot);
  }

  private static LegendItemCollection legend(LineChart chart) {
    LegendItemCollection items = new LegendItemCollection();
    for (Line line : chart.lines()) {
      items.add(
          new LegendItem(
              line.name(), null, null, null, DASH, line.ink().stroke(), line.ink().color()));
    }
    for (Band band : chart.bands()) {
      items.add(new LegendItem(band.name(), null, null, null, AREA, faint(band.ink())));
    }
    return items;
  }

  private static Color faint(Ink ink) {
    Color color = ink.color();
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), Math.round(255 * 2 * BAND));
  }

  /** Lines first: JFreeChart draws the last series at the back. */
  private static YIntervalSeriesCollection dataset(LineChart chart) {
    YIntervalSeriesCollection all = new YIntervalSeriesCollection();
    for (Line line : chart.lines()) {
      YIntervalSeries series = new YIntervalSeries(line.name());
      line.points().forEach(point -> series.add(point.x(), point.y(), point.low(), point.high()));
      all.addSeries(series);
    }
    for (Band band : chart.bands()) {
      YIntervalSeries series = new YIntervalSeries(band.name());
      band.points().forEach(point -> series.add(point.x(), point.y(), point.low(), point.high()));
      all.addSeries(series);
    }
    return all;
  }

  private static DeviationRenderer renderer(LineChart chart) {
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(BAND);
    renderer.setDrawSeriesLineAsPath(true);
    int series = 0;
    for (Line line : chart.lines()) {
      renderer.setSeriesPaint(series, line.ink().color());
      renderer.setSeriesFillPaint(series, line.ink().color());
      renderer.setSeriesStroke(series, line.ink().stroke());
      series++;
    }
    for (Band band : chart.bands()) {
      renderer.setSeriesFillPaint(series, band.ink().color());
      renderer.setSeriesPaint(series, band.ink().color());
      renderer.setSeriesLinesVisible(series, false);
      series++;
    }
    return renderer;
  }

  private JFreeChart plot(BarChart chart) {
    XYPlot plot = empty();
    int groups = chart.series().stream().mapToInt(one -> one.values().size()).max().orElse(0);
    NumberAxis across = axis(new Axis(chart.across(), 0.5, groups + 0.5));
    NumberAxis up = new NumberAxis(label(chart.up()));
    style(up);
    up.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    up.setAutoRangeIncludesZero(true);
    plot.setDomainAxis(across);
    plot.setRangeAxis(up);
    plot.setDataset(0, dataset(chart));
    plot.setRenderer(0, renderer(chart));
    addMarks(plot, chart.marks());
    return framed(plot);
  }

  private static DefaultIntervalXYDataset dataset(BarChart chart) {
    DefaultIntervalXYDataset all = new DefaultIntervalXYDataset();
    double width = 0.8 / chart.series().size();
    for (int s = 0; s < chart.series().size(); s++) {
      BarChart.Series series = chart.series().get(s);
      double[][] data = new double[6][series.values().size()];
      for (int i = 0; i < series.values().size(); i++) {
        double left = i + 1 - 0.4 + s * width;
        double value = series.values().get(i);
        double[] one = {left + width / 2, left, left + width, value, value, value};
        for (int row = 0; row < one.length; row++) {
          data[row][i] = one[row];
        }
      }
      all.addSeries(series.name(), data);
    }
    return all;
  }

  private static XYBarRenderer renderer(BarChart chart) {
    XYBarRenderer renderer = new XYBarRenderer();
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    for (int s = 0; s < chart.series().size(); s++) {
      renderer.setSeriesPaint(s, chart.series().get(s).ink().color());
    }
    return renderer;
  }

  private static XYPlot empty() {
    XYPlot plot = new XYPlot();
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    return plot;
  }

  private NumberAxis axis(Axis what) {
    NumberAxis axis = new NumberAxis(label(what.label()));
    style(axis);
    axis.setStandardTickUnits(
        what.high() - what.low() >= 2
            ? NumberAxis.createIntegerTickUnits(Locale.ROOT)
            : new NumberTickUnitSource(
                false, new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    axis.setRange(what.low(), what.high());
    return axis;
  }

  private void style(NumberAxis axis) {
    axis.setLabelFont(FONT);
    axis.setTickLabelFont(size.isSmall() ? FONT.deriveFont(10f) : FONT);
    axis.setLabelPaint(TEXT);
    axis.setTickLabelPaint(TEXT);
    axis.setAxisLinePaint(TEXT);
    axis.setTickMarkPaint(TEXT);
  }

  private String label(String text) {
    return size.isSmall() || text.isEmpty() ? null : text;
  }

  /**
   * Each text a line below the one before, so that near ones can be read; left of its line, but
   * where there is no room for it.
   */
  private void addMarks(XYPlot plot, List<Mark> marks) {
    int texts = 0;
    for (Mark mark : marks) {
      ValueMarker marker = new ValueMarker(mark.x(), Ink.PALE.color(), MARK);
      if (!size.isSmall() && !mark.text().isEmpty()) {
        boolean isLeft =
            mark.x() - plot.getDomainAxis().getLowerBound()
                > ROOM * plot.getDomainAxis().getRange().getLength();
        marker.setLabel(mark.text());
        marker.setLabelFont(FONT);
        marker.setLabelPaint(TEXT);
        marker.setLabelBackgroundColor(NOTHING);
        marker.setLabelAnchor(isLeft ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(isLeft ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
        marker.setLabelOffset(new RectangleInsets(FROM_TOP + texts * LINE_HEIGHT, 4, 0, 4));
        texts++;
      }
      plot.addDomainMarker(marker);
    }
  }

  private JFreeChart framed(XYPlot plot) {
    JFreeChart chart = new JFreeChart(null, FONT, plot, !size.isSmall());
    chart.setBackgroundPaint(null);
    chart.setBorderVisible(false);
    chart.setPadding(new RectangleInsets(4, 4, 4, 12));
    if (chart.getLegend() != null) {
      chart.getLegend().setPosition(RectangleEdge.TOP);
      chart.getLegend().setFrame(BlockBorder.NONE);
      chart.getLegend().setBackgroundPaint(null);
      chart.getLegend().setItemFont(FONT);
      chart.getLegend().setItemPaint(TEXT);
    }
    return chart;
  }
}
