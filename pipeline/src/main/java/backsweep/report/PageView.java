package backsweep.report;

import java.util.List;
import java.util.Map;

/**
 * What the template of the page prints, all of it text but charts, which are SVG.
 *
 * @param summary in a sentence, what was tested
 * @param facts when, where and by what
 * @param verdicts how many networks have which
 * @param columns of the table of networks
 * @param rows of that table: the networks, and those of which nothing is known but that they failed
 * @param networks every network of which something is known
 * @param galleries the images of networks, by the id of each
 * @param failures what could not be done
 * @param withCharts how many networks have all their charts in the page
 */
public record PageView(
    String summary,
    List<Fact> facts,
    List<Tally> verdicts,
    List<String> columns,
    List<RowView> rows,
    List<NetworkView> networks,
    Map<String, GalleryView> galleries,
    List<FailureView> failures,
    long withCharts) {

  /** A name and what is said of it. */
  public record Fact(String name, String text) {}

  /** How many networks have a verdict. */
  public record Tally(String kind, String words, long networks) {}

  /** Something that could not be done. */
  public record FailureView(String network, String what, String reason, String when) {}

  /** A cell of a table that is sorted by a value. */
  public record Cell(String text, String value) {

    static final Cell UNKNOWN = new Cell(Texts.UNKNOWN, "");

    static Cell of(String text) {
      return new Cell(text, text);
    }
  }

  /**
   * A row of the table of networks.
   *
   * @param link to the id of what more is said of it
   */
  public record RowView(String name, String link, String kind, List<Cell> cells) {}

  /** A chart, with what stands below it. */
  public record ChartView(String svg, String caption) {}

  /**
   * A network.
   *
   * @param id which no other of the page has
   * @param notes what a reader must know before the numbers
   * @param small its curve among those of the others; empty where there is one network only
   * @param charts of the network itself
   */
  public record NetworkView(
      String id,
      String name,
      String kind,
      String verdictInAWord,
      String verdict,
      List<String> notes,
      List<Fact> facts,
      List<ChartView> small,
      List<ChartView> charts,
      List<CriterionView> criteria) {}

  /**
   * A criterion, or all random orders.
   *
   * @param title which says so
   * @param isOpen whether it is shown at once
   */
  public record CriterionView(
      String title, boolean isOpen, List<ChartView> charts, List<RepairView> repairs) {}

  /** A line of the table at X. */
  public record RepairView(String drop, String set, List<String> cells, String words) {}
}
