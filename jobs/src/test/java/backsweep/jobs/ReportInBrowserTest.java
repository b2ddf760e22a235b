package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.report.Findings;
import backsweep.report.Galleries;
import backsweep.report.ReportPage;
import backsweep.testing.Chromium;
import backsweep.testing.OpenPage;
import backsweep.testing.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The report as a person meets it: in a real browser, on a desk, a phone and on paper. */
class ReportInBrowserTest {

  private static final int FEW = 7;
  private static final int MANY = 200;

  /** With the network of which nothing is known but that it failed. */
  private static final int ROWS = MANY + 1;

  private static final long MOST_BYTES = 5_000_000;
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private static Chromium chromium;
  private static Path few;
  private static Path many;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.start();
    few = page(FEW);
    many = page(MANY);
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Path page(int networks) throws IOException {
    return page(Integer.toString(networks), MadeUpFindings.of(networks));
  }

  private static Path page(String name, Findings findings) throws IOException {
    Files.createDirectories(OpenPage.PICTURES);
    return Files.writeString(
        OpenPage.PICTURES.resolve("report-" + name + ".html").toAbsolutePath(),
        new ReportPage(findings, MadeUpGallery.of(findings), "out").html());
  }

  static Stream<Screen> screens() {
    return Stream.of(Screen.DESK, Screen.PHONE)
        .flatMap(screen -> Stream.of(screen, screen.inTheDark()));
  }

  @ParameterizedTest
  @MethodSource("screens")
  void everybodyCanUseItAndNothingIsWiderThanTheScreen(Screen screen) {
    OpenPage page = chromium.open(few, screen);
    page.picture("report-" + screen);
    assertThat(page.width()).isLessThanOrEqualTo(screen.width());

    page.value("document.querySelectorAll('details').forEach(one => one.open = true)");
    page.picture("report-open-" + screen);
    assertThat(page.violations()).isEmpty();
    assertThat(page.width()).isLessThanOrEqualTo(screen.width());
    assertQuiet(page);
  }

  @Test
  void numbersAreSortedByTheirValueAndTextsByLetters() {
    OpenPage page = chromium.open(many, Screen.DESK);
    NetworksTable table = new NetworksTable(page);
    List<String> columns = table.columns();

    int numeric = 0;
    for (String column : columns) {
      List<String> before = table.cells(column);
      table.sort(column);
      assertSorted(table, column, "ascending");
      assertThat(table.cells(column)).containsExactlyInAnyOrderElementsOf(before);
      table.sort(column);
      assertSorted(table, column, "descending");
      numeric += isNumeric(before) ? 1 : 0;
    }
    assertThat(numeric).as("columns of numbers among " + columns).isGreaterThan(4);
    assertQuiet(page);
  }

  private static void assertSorted(NetworksTable table, String column, String direction) {
    List<String> directions =
        table.columns().stream().map(one -> one.equals(column) ? direction : "none").toList();
    assertThat(table.directions()).isEqualTo(directions);
    List<String> cells = table.cells(column).stream().filter(cell -> !isUnknown(cell)).toList();
    assertThat(cells).as(column).isSortedAccordingTo(order(cells, direction));
    assertThat(table.cells(column).subList(0, cells.size())).as("unknown last").isEqualTo(cells);
  }

  private static Comparator<String> order(List<String> cells, String direction) {
    Comparator<String> ascending =
        isNumeric(cells)
            ? Comparator.comparingDouble(ReportInBrowserTest::number)
            : String.CASE_INSENSITIVE_ORDER;
    return direction.equals("ascending") ? ascending : ascending.reversed();
  }

  private static boolean isNumeric(List<String> cells) {
    List<String> known = cells.stream().filter(cell -> !isUnknown(cell)).toList();
    return !known.isEmpty() && known.stream().allMatch(cell -> cell.matches("(-?\\d+(\\.\\d+)?)?"));
  }

  /** Nothing is written where nothing is counted. */
  private static double number(String cell) {
    return cell.isEmpty() ? 0 : Double.parseDouble(cell);
  }

  private static boolean isUnknown(String cell) {
    return cell.equals("–");
  }

  @Test
  void theFilterLeavesTheNetworksThatHaveItsWords() {
    OpenPage page = chromium.open(many, Screen.DESK);
    NetworksTable table = new NetworksTable(page);
    assertThat(table.rows()).hasSize(ROWS);
    assertThat(table.shown()).containsExactly(ROWS, ROWS);

    table.filter("BadNet-17");
    assertThat(table.rows()).hasSize(11).allSatisfy(row -> assertThat(row).contains("badnet-17"));
    assertThat(table.shown()).containsExactly(11, ROWS);
    assertThat(page.all("#networks tbody tr[hidden]")).hasSize(ROWS - 11);
    table.sort(table.columns().get(0));
    assertThat(table.rows()).hasSize(11);

    table.filter("no such network");
    assertThat(table.rows()).isEmpty();
    assertThat(table.shown()).containsExactly(0, ROWS);

    table.filter("");
    assertThat(table.rows()).hasSize(ROWS);
    assertQuiet(page);
  }

  @Test
  void theFilterLeavesTheirCurvesToo() {
    OpenPage page = chromium.open(few, Screen.DESK);
    NetworksTable table = new NetworksTable(page);
    assertThat(curves(page)).hasSize(FEW).contains(MadeUpFindings.SCRIPT);

    table.filter("badnet-3");
    assertThat(curves(page)).containsExactly(MadeUpFindings.name(3));
    table.filter("attack success unknown");
    assertThat(curves(page)).containsExactly(MadeUpFindings.name(4));
    table.filter(MadeUpFindings.BROKEN);
    assertThat(table.rows()).hasSize(1);
    assertThat(curves(page)).isEmpty();
    table.filter("");
    assertThat(curves(page)).hasSize(FEW);
    assertThat(page.all(".multiples svg")).hasSize(FEW);
    assertQuiet(page);
  }

  /** The networks whose small curve a person sees. */
  private static List<String> curves(OpenPage page) {
    return page.texts(
        "Array.from(document.querySelectorAll('.multiples figure'))"
            + ".filter(figure => figure.getClientRects().length > 0),"
            + " figure => figure.dataset.network");
  }

  @Test
  void aNetworkThatFailedIsARowLikeOthers() {
    OpenPage page = chromium.open(few, Screen.DESK);
    NetworksTable table = new NetworksTable(page);

    table.filter("failed");
    int row = table.cells("network").indexOf(MadeUpFindings.BROKEN);
    assertThat(row).isNotNegative();
    assertThat(table.cells("verdict").get(row)).isEqualTo("failed");
    assertThat(table.cells("DER").get(row)).isEqualTo("–");
    assertThat(table.cells("failures").get(row)).isEqualTo("1");
    assertThat(table.cells("what failed first").get(row))
        .isEqualTo("the network: expected a Keras file, found <b>text</b>");
    table.filter("");
    table.sort("failures");
    table.sort("failures");
    assertThat(table.cells("failures")).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void layersCriteriaAndImageSetsMayBeCalledAnything() throws IOException {
    Path hostile = page("hostile", MadeUpFindings.hostile());
    OpenPage page = chromium.open(hostile, Screen.PHONE);
    page.value("document.querySelectorAll('details').forEach(one => one.open = true)");
    page.picture("report-hostile");

    String text = (String) page.value("document.body.textContent");
    assertThat(MadeUpFindings.hostileNames())
        .allSatisfy(name -> assertThat(text).contains(name.replace('\u202E', '\uFFFD')));
    assertThat(text).doesNotContain("\u202E", "49<");
    assertThat(page.all("script")).hasSize(1);
    assertThat(page.all("img:not([src^='data:image/png;base64,'])")).isEmpty();
    assertThat(page.all("[onmouseover], [onerror]")).isEmpty();
    assertThat(page.width()).isLessThanOrEqualTo(Screen.PHONE.width());
    assertThat(page.violations()).isEmpty();
    assertQuiet(page);
  }

  @Test
  void randomOrdersAreToldOfOnce() {
    OpenPage page = chromium.open(few, Screen.DESK);
    List<String> titles =
        page.texts(
            "document.querySelectorAll('#network-2 summary'), one => one.textContent.trim()");

    assertThat(titles)
        .containsExactly(
            "In the order of mean-activation",
            "In the order of kernel-l1",
            "In 3 random orders, from the least to the greatest",
            "Images and answers",
            "Channels",
            "The network and its images");
    assertThat(page.texts("document.querySelectorAll('#network-2 td'), one => one.textContent"))
        .anySatisfy(cell -> assertThat(cell).matches("\\d+ to \\d+"))
        .anySatisfy(cell -> assertThat(cell).matches("\\d of 3 orders help|worse than .*"));
  }

  @Test
  void pointingAtAChartTellsStepChannelAndCounts() {
    OpenPage page = chromium.open(few, Screen.DESK);
    List<String> hints =
        page.texts(
            "document.querySelector('details[open] .chart:has(.hover)')"
                + ".querySelectorAll('.hover > title'),"
                + " title => title.textContent");

    assertThat(hints).hasSize(MadeUpCurve.CHANNELS + 1);
    assertThat(hints.get(0)).startsWith("step 0, nothing pruned\n");
    assertThat(hints.get(43))
        .startsWith("step 43, channel 31\n")
        .containsPattern("clean accuracy: [\\d.]+ % \\([\\d,]+ of 1,283\\)")
        .containsPattern("ASR, sunglasses: [\\d.]+ % \\([\\d,]+ of 1,283\\)");
    page.pointAt(page.all("details[open] .chart:has(.hover) .hover").get(43));
    assertThat(page.one("#hint").getText()).isEqualTo(hints.get(43));
    assertQuiet(page);
  }

  @Test
  void everyChartSaysWhatItShowsAndNoTwoPlacesHaveOneId() {
    OpenPage page = chromium.open(few, Screen.DESK);
    List<String> titles =
        page.texts(
            "document.querySelectorAll('svg[role=img]'),"
                + " svg => document.getElementById(svg.getAttribute('aria-labelledby')).textContent");
    List<String> ids = page.texts("document.querySelectorAll('[id]'), one => one.id");

    assertThat(titles).hasSizeGreaterThan(4 * FEW);
    assertThat(page.all("svg")).hasSameSizeAs(titles);
    assertThat(titles).allSatisfy(title -> assertThat(title).contains(" of "));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("screens")
  void imagesAreSeenWithWhatIsAnsweredForThem(Screen screen) {
    OpenPage page = chromium.open(few, screen);
    List<String> drawn =
        page.texts(
            "document.querySelectorAll('.image img'),"
                + " img => [img.complete, img.naturalWidth, img.naturalHeight, img.alt].join(' ')");

    int withImages = Galleries.MOST_NETWORKS - 1;
    assertThat(drawn)
        .hasSize(withImages * 2 * MadeUpGallery.IMAGES)
        .allSatisfy(one -> assertThat(one).startsWith("true 47 55 Image "));
    assertThat(page.all("#network-1 .images")).hasSize(2);
    assertThat(page.one("#network-1 .images").getText())
        .contains("image 3,000, class 3", "B 3, right", "B' 3, right", "G 3, right");
    assertThat(page.one("#network-1").getText())
        .contains(MadeUpGallery.SET + ", poisoned: the target is 0", "G backdoored, caught");
    assertThat(page.one("#network-2").getText())
        .contains("<b>Gone.</b>", "The stored images of this set are gone");
    assertThat(page.all("#network-2 .image")).isEmpty();
    assertThat(page.one("footer").getText())
        .contains("Images of the first 4 of 7 networks are in this page.");
    assertQuiet(page);
  }

  @Test
  void aNameIsANameWhateverItLooksLike() {
    OpenPage page = chromium.open(few, Screen.DESK);

    assertThat(new NetworksTable(page).rows())
        .anySatisfy(row -> assertThat(row).contains(MadeUpFindings.SCRIPT));
    assertThat(page.all("script")).hasSize(1);
    assertThat(page.one("body").getText())
        .contains(MadeUpFindings.BROKEN, "expected a Keras file, found <b>text</b>");
    assertQuiet(page);
  }

  @Test
  void twoHundredNetworksAreAtHandAtOnce() throws IOException {
    Duration quickest =
        IntStream.range(0, 3)
            .mapToObj(time -> chromium.open(many, Screen.DESK).loading())
            .min(Comparator.naturalOrder())
            .get();

    assertThat(quickest).isLessThan(LONGEST);
    assertThat(Files.size(many)).isLessThan(MOST_BYTES);
    OpenPage page = chromium.open(many, Screen.PHONE);
    page.picture("report-many");
    assertThat(page.width()).isLessThanOrEqualTo(Screen.PHONE.width());
    assertThat(page.all("#networks tbody tr")).hasSize(ROWS);
    assertQuiet(page);
  }

  /** Also what is closed on a screen. */
  @Test
  void allNetworksAreOnPaper() throws IOException {
    Path print = chromium.open(few, Screen.DESK.inTheDark()).print("report");

    try (PDDocument document = Loader.loadPDF(print.toFile())) {
      assertThat(document.getNumberOfPages()).isGreaterThan(FEW);
      String text = new PDFTextStripper().getText(document);
      assertThat(text).contains("channels pruned", "X = 2, 4, 10 %", "In the order of kernel-l1");
      for (int i = 0; i < FEW; i++) {
        assertThat(text).contains(MadeUpFindings.name(i));
      }
    }
  }

  @Test
  void nothingInThePageRefersElsewhere() {
    OpenPage page = chromium.open(few, Screen.DESK);
    List<String> references =
        page.texts(
            "Array.from(document.querySelectorAll('*')).flatMap(one => Array.from(one.attributes)"
                + ".filter(a => /^(.*:)?(src|href|srcset|action|data|poster|background)$/.test(a.name))"
                + ".map(a => a.value))");
    String styles =
        (String)
            page.value(
                "Array.from(document.querySelectorAll('style'), one => one.textContent).join()");

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one).matches("#.*|data:image/png;base64,[A-Za-z0-9+/]+=*"));
    assertThat(styles).isNotEmpty().doesNotContain("@import", "url(");
  }

  /** No dialog, no request, and nothing in the console. */
  private static void assertQuiet(OpenPage page) {
    assertThat(page.dialogs()).isEmpty();
    assertThat(page.requests()).isEmpty();
    assertThat(page.console()).isEmpty();
  }
}
