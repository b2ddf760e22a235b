package backsweep.charts;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** An SVG that Batik writes, and what Batik does not write: titles, hints, names of colours. */
final class SvgDocument {

  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final List<String> PAINTED = List.of("fill", "stroke");
  private static final List<String> SUPERFLUOUS =
      List.of(
          "clip-path",
          "xml:space",
          "text-rendering",
          "font-family",
          "font-style",
          "font-weight",
          "color-interpolation",
          "color-rendering",
          "image-rendering",
          "shape-rendering");

  private final String id;
  private final Size size;
  private final Document document;
  private Element root;

  /** An empty one, whose ids all begin alike. */
  SvgDocument(String id, Size size) {
    this.id = id;
    this.size = size;
    try {
      this.document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("no XML in this Java", e);
    }
    this.root = document.getDocumentElement();
  }

  /** To draw on. */
  SVGGraphics2D graphics() {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(1);
    context.setIDGenerator(new Ids(id));
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(size.width(), size.height()));
    return graphics;
  }

  /** Takes what was drawn. */
  void finish(SVGGraphics2D graphics) {
    root = graphics.getRoot();
    root.setAttribute(
        "viewBox", String.format(Locale.ROOT, "0 0 %d %d", size.width(), size.height()));
    shorten();
  }

  /** Nothing is drawn outside of its place, and what Batik says of it is half of the text. */
  private void shorten() {
    NodeList definitions = root.getElementsByTagNameNS(SVG, "defs");
    while (definitions.getLength() > 0) {
      definitions.item(0).getParentNode().removeChild(definitions.item(0));
    }
    each(root, element -> SUPERFLUOUS.forEach(element::removeAttribute));
    root.setAttribute("font-family", "sans-serif");
    root.setAttribute("font-size", "12");
  }

  /** Says what it shows to who cannot see it. */
  void describe(String text) {
    Element title = document.createElementNS(SVG, "title");
    title.setAttribute("id", id + "-title");
    title.setTextContent(text);
    root.insertBefore(title, root.getFirstChild());
    root.setAttribute("role", "img");
    root.setAttribute("aria-labelledby", id + "-title");
  }

  /** An area that cannot be seen. */
  Element rectangle(Rectangle2D area) {
    Element rectangle = document.createElementNS(SVG, "rect");
    rectangle.setAttribute("class", "hover");
    rectangle.setAttribute("x", number(area.getX()));
    rectangle.setAttribute("y", number(area.getY()));
    rectangle.setAttribute("width", number(area.getWidth()));
    rectangle.setAttribute("height", number(area.getHeight()));
    rectangle.setAttribute("fill-opacity", "0");
    rectangle.setAttribute("stroke", "none");
    root.appendChild(rectangle);
    return rectangle;
  }

  /** What is said of an area to who points at it. */
  void tell(Element area, String text) {
    Element title = document.createElementNS(SVG, "title");
    title.setTextContent(text);
    area.appendChild(title);
  }

  /** Colours by the names that the page gives them, which has others in the dark. */
  void nameColors() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Ink ink : Ink.values()) {
      names.put(text(ink.color()), "var(--ink-%s)".formatted(ink.name().toLowerCase(Locale.ROOT)));
    }
    names.put(text(Plots.TEXT), "var(--text)");
    names.put(text(Plots.GRID), "var(--grid)");
    names.put("black", "var(--text)");
    each(root, element -> PAINTED.forEach(attribute -> name(element, attribute, names)));
  }

  private static void name(Element element, String attribute, Map<String, String> names) {
    String name = names.get(element.getAttribute(attribute));
    if (name != null) {
      element.setAttribute(attribute, name);
    }
  }

  private static void each(Element element, Consumer<Element> action) {
    action.accept(element);
    NodeList children = element.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element inner) {
        each(inner, action);
      }
    }
  }

  /** As Batik writes colours. */
  private static String text(Color color) {
    return String.format(
        Locale.ROOT, "rgb(%d,%d,%d)", color.getRed(), color.getGreen(), color.getBlue());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** The whole. */
  String text() {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(root), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("cannot write a chart", e);
    }
  }

  /** Ids that no other chart of a page has. */
  private static final class Ids extends SVGIDGenerator {

    private final String chart;
    private int last;

    private Ids(String chart) {
      this.chart = chart;
    }

    @Override
    public String generateID(String prefix) {
      last++;
      return chart + "-" + prefix + last;
    }
  }
}
