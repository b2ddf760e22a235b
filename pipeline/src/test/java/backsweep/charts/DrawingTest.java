package backsweep.charts;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.charts.Line.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Charts are whole SVGs and PNGs, with what a page needs of them. */
class DrawingTest {

  private static final String HOSTILE = "<script>alert('1')</script> & \"more\"";
  private static final LineChart LINES =
      new LineChart(
          "Title of " + HOSTILE,
          new Axis("steps", 0, 10),
          new Axis("%", 0, 100),
          List.of(
              new Line("one", Ink.FIRST, points(90)), new Line(HOSTILE, Ink.SECOND, points(40))),
          List.of(new Band("chance", Ink.FIRST, points(60))),
          List.of(new Mark(3, "X = 2 %"), new Mark(4, "X = 4 %")),
          IntStream.rangeClosed(0, 10)
              .mapToObj(i -> new Hint(i - 0.5, i + 0.5, "step " + i + "\n" + HOSTILE))
              .toList());
  private static final BarChart BARS =
      new BarChart(
          "bars",
          "channels, most active first",
          "mean",
          List.of(new BarChart.Series("clean", Ink.FIRST, List.of(3.0, 2.0, 0.0))),
          List.of(new Mark(2.5, "dormant")),
          List.of(new Hint(0.5, 1.5, "channel 7, 1st of 3")));

  private static List<Point> points(double y) {
    return IntStream.rangeClosed(0, 10).mapToObj(x -> new Point(x, y, y - 5, y + 5)).toList();
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList found = svg.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void saysWhatItShowsAndWhatLiesUnderThePointer() throws Exception {
    Document svg = parse(new Drawing(Size.FULL).inPage(LINES, "c1"));

    Element root = svg.getDocumentElement();
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-labelledby")).isEqualTo("c1-title");
    assertThat(elements(svg, "title").get(0).getTextContent()).isEqualTo("Title of " + HOSTILE);
    List<Element> hints =
        elements(svg, "rect").stream()
            .filter(rect -> rect.getAttribute("class").equals("hover"))
            .toList();
    assertThat(hints).hasSize(11);
    assertThat(hints.get(7).getTextContent()).isEqualTo("step 7\n" + HOSTILE);
    assertThat(hints.get(7).getAttribute("stroke")).isEqualTo("none");
  }

  @Test
  void hintsLieSideBySideWithinThePlot() throws Exception {
    Document svg = parse(new Drawing(Size.FULL).inPage(LINES, "c1"));
    double end = 0;
    for (Element rect : elements(svg, "rect")) {
      if (rect.getAttribute("class").equals("hover")) {
        double x = Double.parseDouble(rect.getAttribute("x"));
        assertThat(x).isGreaterThanOrEqualTo(end - 0.2);
        end = x + Double.parseDouble(rect.getAttribute("width"));
      }
    }
    assertThat(end).isBetween(530.0, 560.0);
  }

  @Test
  void aMarkIsToldOfWhereThereIsRoom() throws Exception {
    List<Mark> marks = List.of(new Mark(0.5, "early"), new Mark(9, "late"), new Mark(9.5, ""));
    LineChart chart =
        new LineChart("t", LINES.across(), LINES.up(), LINES.lines(), List.of(), marks, List.of());
    Document svg = parse(new Drawing(Size.FULL).file(chart));

    assertThat(left(svg, "early")).isGreaterThan(left(svg, "1") - 30).isLessThan(left(svg, "2"));
    assertThat(left(svg, "late")).isGreaterThan(left(svg, "7")).isLessThan(left(svg, "9"));
  }

  /** Where a text begins that is written once. */
  private static double left(Document svg, String text) {
    return elements(svg, "text").stream()
        .filter(one -> one.getTextContent().equals(text))
        .mapToDouble(one -> Double.parseDouble(one.getAttribute("x")))
        .max()
        .orElseThrow();
  }

  @Test
  void textIsText() throws Exception {
    String svg = new Drawing(Size.FULL).file(LINES);

    assertThat(svg).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(elements(parse(svg), "text").stream().map(Element::getTextContent))
        .contains(HOSTILE, "one", "chance", "X = 2 %", "X = 4 %", "steps");
  }

  @Test
  void aPageNamesTheColoursAndAFileHasThem() {
    Drawing drawing = new Drawing(Size.FULL);

    assertThat(drawing.inPage(LINES, "c"))
        .contains("var(--ink-first)", "var(--ink-second)", "var(--text)", "var(--grid)")
        .doesNotContain("rgb(");
    assertThat(drawing.file(LINES)).contains("rgb(0,114,178)").doesNotContain("var(");
  }

  @Test
  void refersToNothing() throws Exception {
    for (String svg :
        List.of(new Drawing(Size.FULL).inPage(LINES, "c"), new Drawing(Size.FULL).file(BARS))) {
      assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
          .doesNotContain("http", "url(", "href", "<image", "style=");
    }
  }

  @Test
  void idsOfTwoChartsDiffer() throws Exception {
    Set<String> ids = new HashSet<>();
    for (String chart : List.of("c1", "c2")) {
      Document svg = parse(new Drawing(Size.FULL).inPage(LINES, chart));
      for (Element element : elements(svg, "*")) {
        if (element.hasAttribute("id")) {
          assertThat(ids.add(element.getAttribute("id"))).isTrue();
        }
      }
    }
    assertThat(ids).isNotEmpty();
  }

  @Test
  void aSmallOneIsShort() {
    String small = new Drawing(Size.SMALL).inPage(LINES, "c");

    assertThat(small).doesNotContain("hover", "X = 2 %", "steps");
    assertThat(small.length()).isLessThan(9_000);
  }

  @Test
  void sameValuesAreTheSameText() {
    assertThat(new Drawing(Size.FULL).inPage(LINES, "c"))
        .isEqualTo(new Drawing(Size.FULL).inPage(LINES, "c"));
  }

  @Test
  void aPictureHasTwiceThePixelsAndTheLinesAreOnIt() throws IOException {
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(new Drawing(Size.FULL).png(LINES)));

    assertThat(png.getWidth()).isEqualTo(1120);
    assertThat(png.getHeight()).isEqualTo(640);
    assertThat(pixels(png, 0xFF0072B2)).isGreaterThan(500);
    assertThat(pixels(png, 0xFFD55E00)).isGreaterThan(200);
  }

  @Test
  void barsAreAsHighAsTheirValues() throws IOException {
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(new Drawing(Size.FULL).png(BARS)));

    List<Integer> heights = new ArrayList<>();
    for (int x : new int[] {270, 600, 930}) {
      int column = x;
      heights.add(
          (int) IntStream.range(80, 640).filter(y -> png.getRGB(column, y) == 0xFF0072B2).count());
    }
    assertThat(heights.get(0)).isPositive();
    assertThat(1.5 * heights.get(1)).isBetween(heights.get(0) - 12.0, heights.get(0) + 12.0);
    assertThat(heights.get(2)).isZero();
  }

  private static long pixels(BufferedImage png, int color) {
    return IntStream.range(0, png.getWidth() * png.getHeight())
        .filter(i -> png.getRGB(i % png.getWidth(), i / png.getWidth()) == color)
        .count();
  }
}
