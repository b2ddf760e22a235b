package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.testing.OpenPage;
import java.util.Arrays;
import java.util.List;
import org.openqa.selenium.Keys;

/**
 * The table of all networks in a report, worked as a person works it.
 *
 * @param page the report, open
 */
record NetworksTable(OpenPage page) {

  private static final String HEADERS = "document.querySelectorAll('#networks thead th')";
  private static final String ROWS =
      "document.querySelectorAll('#networks tbody tr:not([hidden])')";

  /** What the columns are called. */
  List<String> columns() {
    return page.texts(HEADERS + ", th => th.textContent.trim()");
  }

  /**
   * By which columns it is sorted: of each {@code ascending}, {@code descending} or {@code none}.
   */
  List<String> directions() {
    return page.texts(HEADERS + ", th => th.getAttribute('aria-sort') ?? 'none'");
  }

  /** Clicks on the header of a column. */
  void sort(String column) {
    int index = columns().indexOf(column);
    assertThat(index).as(column + " in " + columns()).isNotNegative();
    page.all("#networks thead th button").get(index).click();
  }

  /** The cells of a column from top to bottom, without rows that are hidden. */
  List<String> cells(String column) {
    int index = columns().indexOf(column);
    return page.texts("%s, row => row.cells[%d].textContent.trim()".formatted(ROWS, index));
  }

  /** The texts of all rows that a person sees. */
  List<String> rows() {
    return page.texts(ROWS + ", row => row.innerText");
  }

  /** Types into the filter, in place of what is there. */
  void filter(String text) {
    page.one("#filter").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
  }

  /** How many networks it says that it shows, and of how many. */
  List<Integer> shown() {
    String text = page.one("#shown").getText();
    assertThat(text).matches("\\d+ of \\d+ networks");
    return Arrays.stream(text.split("\\D+")).map(Integer::valueOf).toList();
  }
}
