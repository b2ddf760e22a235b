package backsweep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a page is seen: each page here has one fault. */
class ChromiumTest {

  private static Chromium chromium;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void aGoodPageHasNoFault() throws IOException {
    OpenPage page = open("<p>Words", Screen.DESK);

    assertThat(page.violations()).isEmpty();
    assertThat(page.console()).isEmpty();
    assertThat(page.requests()).isEmpty();
    assertThat(page.dialogs()).isEmpty();
    assertThat(page.width()).isEqualTo(1280);
    assertThat(page.one("p").getText()).isEqualTo("Words");
  }

  @Test
  void whatGoesWrongInAScriptIsInTheConsole() throws IOException {
    OpenPage page = open("<script>console.info('so far'); missing()</script>", Screen.DESK);

    assertThat(page.console())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("INFO", "so far"))
        .anySatisfy(line -> assertThat(line).contains("SEVERE", "missing is not defined"));
    page.value("console.error('later')");
    assertThat(page.console()).hasSize(3);
  }

  /** Also where nothing listens: the request counts. */
  @Test
  void whatIsLoadedFromElsewhereIsARequest() throws IOException {
    Files.writeString(folder.resolve("more.js"), "document.title = 'More'");
    OpenPage page =
        open("<script src=more.js></script><img alt='' src='http://192.0.2.1/a.png'>", Screen.DESK);

    assertThat(page.requests())
        .containsExactlyInAnyOrder(
            folder.resolve("more.js").toUri().toString(), "http://192.0.2.1/a.png");
    assertThat(page.console()).anySatisfy(line -> assertThat(line).contains("a.png"));
  }

  @Test
  void dialogsAreSeenAndClosed() throws IOException {
    OpenPage page = open("<p>Words<script>alert('boo')</script>", Screen.DESK);

    assertThat(page.dialogs()).containsExactly("boo");
    assertThat(page.one("p").getText()).isEqualTo("Words");
  }

  @Test
  void coloursThatAreTooCloseInTheDarkAreFoundThere() throws IOException {
    String page =
        "<style>@media (prefers-color-scheme: dark) {body {background: #222; color: #555}}</style>"
            + "<p>Words";

    assertThat(open(page, Screen.DESK).violations()).isEmpty();
    assertThat(open(page, Screen.DESK.inTheDark()).violations())
        .hasSize(2)
        .allSatisfy(
            violation -> assertThat(violation).contains("color-contrast", "#555555", "#222222"));
  }

  @Test
  void whatIsWiderThanThePhoneMakesThePageWider() throws IOException {
    assertThat(open("<p>Words", Screen.PHONE).width()).isEqualTo(390);
    assertThat(open("<p style='width: 500px'>Words", Screen.PHONE).width()).isGreaterThan(390);
    assertThat(open("<p style='width: 500px'>Words", Screen.DESK).width()).isEqualTo(1280);
  }

  @Test
  void workAfterThePageWasReadIsLoading() throws IOException {
    String work =
        "<script>addEventListener('load', () => {"
            + "const end = performance.now() + 400; while (performance.now() < end);"
            + "})</script>";

    assertThat(open(work, Screen.DESK).loading()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
  }

  @Test
  void picturesShowWhatIsBelowTheScreen() throws IOException {
    OpenPage page = open("<div style='height: 2000px'></div><p>Words", Screen.PHONE);
    byte[] picture = Files.readAllBytes(page.picture("below"));

    assertThat(new String(picture, 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
    assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getHeight()).isGreaterThan(2000);
  }

  @Test
  void whatIsPrintedHasPagesAndWords() throws IOException {
    Path print = open("<p>Here<p style='break-before: page'>There", Screen.DESK).print("pages");

    try (PDDocument document = Loader.loadPDF(print.toFile())) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
      assertThat(new PDFTextStripper().getText(document)).contains("Here", "There");
    }
  }

  private OpenPage open(String body, Screen screen) throws IOException {
    Path file = folder.resolve("page.html");
    Files.writeString(
        file,
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>A page</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"></head>
        <body><main><h1>A page</h1>%s</main></body></html>
        """
            .formatted(body));
    return chromium.open(file, screen);
  }
}
