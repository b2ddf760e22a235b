package backsweep.report;

import backsweep.charts.Chart;
import backsweep.charts.Drawing;
import backsweep.charts.Size;
import backsweep.store.PublicText;
import backsweep.store.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes pages and pictures, in the place of those before.
 *
 * @param files where they are written
 * @param texts what may be said of paths
 * @param output whose results they show, and where they lie
 */
public record WriteReport(SharedFiles files, PublicText texts, String output) {

  /** The page about everything. */
  public static final String PAGE = "report.html";

  private static final String PICTURES = "/report/";

  /**
   * A page.
   *
   * @param galleries the images of networks
   * @param name of its file
   * @return where it is
   */
  public String page(Findings findings, Galleries galleries, String name) {
    String html = new ReportPage(findings, galleries, texts.of(output)).html();
    return write(output + "/" + name, html);
  }

  /**
   * Every chart as SVG and PNG, {@code report/<network>/<chart>.svg}; none where there are no
   * fonts.
   *
   * @return where they are
   */
  public List<String> pictures(Findings findings) {
    List<String> written = new ArrayList<>();
    if (Drawing.isPossible()) {
      for (int i = 0; i < findings.networks().size(); i++) {
        written.addAll(pictures(findings.networks().get(i), findings.labels().get(i)));
      }
    }
    return written;
  }

  private List<String> pictures(NetworkFindings network, String label) {
    String folder = output + PICTURES + FileName.of(label) + "/";
    List<String> written = new ArrayList<>();
    written.addAll(picture(folder + "channels", new ChannelCharts(network).chart()));
    new ActivationCharts(network)
        .chart()
        .ifPresent(chart -> written.addAll(picture(folder + "channels-driven", chart)));
    for (CriterionFindings criterion : network.chosen()) {
      String curve = folder + "curve-" + FileName.of(criterion.name());
      written.addAll(picture(curve, new PruningCharts(network).of(criterion)));
      new DetectorCharts(network)
          .of(criterion)
          .ifPresent(
              roc -> written.addAll(picture(folder + "roc-" + FileName.of(criterion.name()), roc)));
    }
    return written;
  }

  private List<String> picture(String path, Chart chart) {
    Drawing drawing = new Drawing(Size.FULL);
    files.replace(path + ".png", drawing.png(chart));
    return List.of(write(path + ".svg", drawing.file(chart)), path + ".png");
  }

  private String write(String path, String text) {
    files.replace(path, text.getBytes(StandardCharsets.UTF_8));
    return path;
  }
}
