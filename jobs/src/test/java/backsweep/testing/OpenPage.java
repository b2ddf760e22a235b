package backsweep.testing;

import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.ChromiumDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A page in the browser: what it holds, what it did, and how it looks. */
public final class OpenPage {

  /** Where pages, pictures of them and printed ones go, to be looked at. */
  public static final Path PICTURES = Path.of("target/browser");

  /** Taller pictures are cut: a browser paints no more. */
  private static final int TALLEST = 16_000;

  private static final String NOTHING_TO_DO =
      """
      const done = arguments[0];
      requestIdleCallback(() => requestAnimationFrame(() =>
        setTimeout(() => done(performance.now()))));
      """;

  /** Pages hear of it before the next frame: two later they have heard. */
  private static final String INTO_VIEW =
      """
      const [element, done] = arguments;
      element.scrollIntoView({block: "center"});
      requestAnimationFrame(() => requestAnimationFrame(() => done()));
      """;

  private final ChromiumDriver driver;
  private final Path file;
  private final Duration loading;
  private final List<JsonNode> events = new ArrayList<>();
  private final List<String> console = new ArrayList<>();

  private OpenPage(ChromiumDriver driver, Path file, Duration loading) {
    this.driver = driver;
    this.file = file;
    this.loading = loading;
  }

  static OpenPage of(ChromiumDriver driver, Path file) {
    driver.get(file.toUri().toString());
    double millis = ((Number) driver.executeAsyncScript(NOTHING_TO_DO)).doubleValue();
    return new OpenPage(driver, file, Duration.ofNanos(Math.round(1e6 * millis)));
  }

  /** From the start of the navigation until the page was painted and had nothing to do. */
  public Duration loading() {
    return loading;
  }

  /** The elements of a CSS selector, in document order. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The first element of a CSS selector; an exception where there is none. */
  public WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Moves the mouse to the middle of an element, once the page has brought it into view. */
  public void pointAt(WebElement element) {
    driver.executeAsyncScript(INTO_VIEW, element);
    new Actions(driver).moveToElement(element).perform();
  }

  /** The value of a JavaScript expression: a string, number, boolean, element, list or null. */
  public Object value(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** The texts that a JavaScript expression lists. */
  public List<String> texts(String expression) {
    return ((List<?>) value("Array.from(" + expression + ")"))
        .stream().map(String::valueOf).toList();
  }

  /** Everything the page and the browser wrote to the console so far. */
  public List<String> console() {
    driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .forEach(console::add);
    return List.copyOf(console);
  }

  /** What was asked of the network or the disk so far, but for the page and what is in it. */
  public List<String> requests() {
    return events("Network.requestWillBeSent")
        .map(event -> event.at("/request/url").asText())
        .filter(address -> !address.equals(file.toUri().toString()))
        .filter(address -> !address.startsWith("data:"))
        .toList();
  }

  /** The messages of the dialogs that the page opened so far. */
  public List<String> dialogs() {
    return events("Page.javascriptDialogOpening")
        .map(event -> event.get("message").asText())
        .toList();
  }

  private Stream<JsonNode> events(String method) {
    driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(OpenPage::event)
        .forEach(events::add);
    return events.stream()
        .filter(event -> event.get("method").asText().equals(method))
        .map(event -> event.get("params"));
  }

  private static JsonNode event(LogEntry entry) {
    try {
      return new ObjectMapper().readTree(entry.getMessage()).get("message");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands in the way of people who see or move differently: every rule of axe. */
  public List<String> violations() {
    return new AxeBuilder()
        .analyze(driver).getViolations().stream().flatMap(OpenPage::places).toList();
  }

  private static Stream<String> places(Rule rule) {
    return rule.getNodes().stream().map(node -> place(rule, node));
  }

  private static String place(Rule rule, CheckedNode node) {
    return "%s: %s: %s".formatted(rule.getId(), node.getTarget(), node.getFailureSummary());
  }

  /** How wide the page is, in CSS pixels; wider than the screen, it has to be pushed sideways. */
  public int width() {
    return ((Number) value("document.documentElement.scrollWidth")).intValue();
  }

  /** Draws the whole page, below the screen too. */
  public Path picture(String name) {
    Map<?, ?> size =
        (Map<?, ?>)
            driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    Map<String, Object> clip =
        Map.of(
            "x", 0,
            "y", 0,
            "width", size.get("width"),
            "height", Math.min(TALLEST, ((Number) size.get("height")).intValue()),
            "scale", 1);
    Map<String, Object> picture =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip));
    return write(name + ".png", picture);
  }

  /** Prints the page as a browser does unasked: on its own paper, without backgrounds. */
  public Path print(String name) {
    return write(
        name + ".pdf",
        driver.executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true)));
  }

  private static Path write(String name, Map<String, Object> answer) {
    try {
      Files.createDirectories(PICTURES);
      return Files.write(
          PICTURES.resolve(name), Base64.getDecoder().decode((String) answer.get("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
